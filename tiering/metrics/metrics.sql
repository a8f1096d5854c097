-- Orders → one row per customer and snapshot date, in exact numbers only: integers and decimal money.
--
-- Given: order_lines (customer_id, order_id, order_date, category, amount, cost; a column the file lacks is NULL),
--        calendar    (order_date, day, month, bucket): day and month numbers of each date up to the last snapshot,
--        snapshots   (snapshot, now_bucket, half_bucket, start_bucket, prior_bucket).
-- A day's bucket is the first date mark that sees it, so each window is a union of whole buckets:
-- up to the date: bucket <= now_bucket; its window: start_bucket < bucket <= now_bucket; the window before:
-- prior_bucket < bucket <= start_bucket; the later half of the window: half_bucket < bucket.

-- One row per customer, order and day, of the lines up to the last snapshot; gross is NULL without a positive line.
CREATE TEMPORARY VIEW order_days AS
SELECT
    order_lines.customer_id, order_lines.order_id, calendar.day,
    SUM(order_lines.amount) AS net,
    SUM(CASE WHEN order_lines.amount > 0 THEN order_lines.amount END) AS gross,
    SUM(order_lines.cost) AS cost,
    COUNT(*) - COUNT(order_lines.cost) AS uncosted
FROM order_lines
JOIN calendar ON calendar.order_date = order_lines.order_date
GROUP BY order_lines.customer_id, order_lines.order_id, calendar.day;

-- One row per order: a distinct order_id (without one: customer and day), dated by its first positive line.
CREATE TEMPORARY VIEW order_starts AS
SELECT customer_id, MIN(day) AS day
FROM order_days
WHERE gross IS NOT NULL
GROUP BY customer_id, order_id, CASE WHEN order_id IS NULL THEN day END;

-- One row per customer and day: its money and the orders begun on it.
CREATE TEMPORARY VIEW days AS
SELECT
    customer_id, day,
    SUM(net) AS net, SUM(gross) AS gross, SUM(cost) AS cost, SUM(uncosted) AS uncosted, SUM(begun) AS orders
FROM (
    SELECT customer_id, day, net, gross, cost, uncosted, 0 AS begun FROM order_days
    UNION ALL
    SELECT customer_id, day, NULL, NULL, NULL, 0, 1 FROM order_starts
) AS parts
GROUP BY customer_id, day;

-- The same with the customer's sale day before this one.
CREATE TEMPORARY VIEW paced_days AS
SELECT
    customer_id, day, net, gross, cost, uncosted, orders,
    MAX(CASE WHEN gross IS NOT NULL THEN day END) OVER (
        PARTITION BY customer_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS previous_day
FROM days;

-- One row per customer and bucket. months_begun counts the months first seen in it; a month that runs on from an
-- earlier bucket is told by that bucket (month_since), and counts for the windows that do not reach back to it.
CREATE TEMPORARY VIEW customer_buckets AS
SELECT
    paced_days.customer_id, today.bucket,
    SUM(net) AS net, SUM(gross) AS gross, SUM(cost) AS cost, SUM(uncosted) AS uncosted, SUM(orders) AS orders,
    MIN(CASE WHEN orders > 0 THEN paced_days.day END) AS first_order,
    MAX(CASE WHEN orders > 0 THEN paced_days.day END) AS last_order,
    COUNT(CASE WHEN gross IS NOT NULL THEN previous_day END) AS gaps,
    SUM(CASE WHEN gross IS NOT NULL THEN paced_days.day - previous_day END) AS gap_days,
    SUM(CASE WHEN gross IS NOT NULL
        THEN CAST(paced_days.day - previous_day AS BIGINT) * (paced_days.day - previous_day) END) AS gap_squares,
    COUNT(CASE WHEN gross IS NOT NULL AND (before.month IS NULL OR before.month < today.month) THEN 1 END) AS months_begun,
    MAX(CASE WHEN gross IS NOT NULL AND before.month = today.month AND before.bucket < today.bucket
        THEN before.bucket END) AS month_since
FROM paced_days
JOIN calendar AS today ON today.day = paced_days.day
LEFT JOIN calendar AS before ON before.day = paced_days.previous_day
GROUP BY paced_days.customer_id, today.bucket;

-- One row per customer, category and bucket: what was sold.
CREATE TEMPORARY VIEW category_buckets AS
SELECT order_lines.customer_id, order_lines.category, calendar.bucket, SUM(order_lines.amount) AS sold
FROM order_lines
JOIN calendar ON calendar.order_date = order_lines.order_date
WHERE order_lines.amount > 0 AND order_lines.category IS NOT NULL
GROUP BY order_lines.customer_id, order_lines.category, calendar.bucket;

-- One row per snapshot, customer and category sold in the window.
CREATE TEMPORARY VIEW category_windows AS
SELECT snapshots.snapshot, category_buckets.customer_id, category_buckets.category, SUM(category_buckets.sold) AS sold
FROM category_buckets
JOIN snapshots
    ON category_buckets.bucket > snapshots.start_bucket AND category_buckets.bucket <= snapshots.now_bucket
GROUP BY snapshots.snapshot, category_buckets.customer_id, category_buckets.category;

-- One row per snapshot and customer: breadth and the category sold most (of equals, the smaller name).
CREATE TEMPORARY VIEW breadth AS
SELECT
    snapshot, customer_id,
    COUNT(*) AS categories, SUM(sold) AS categorised, MAX(sold) AS top_sold,
    MIN_BY(category, (-sold, category)) AS top_category
FROM category_windows
GROUP BY snapshot, customer_id;

-- One row per snapshot and customer: every total up to the date, in its window, and in the window before.
CREATE TEMPORARY VIEW totals AS
SELECT
    snapshots.snapshot, customer_buckets.customer_id,
    SUM(net) AS revenue,
    SUM(gross) AS gross_revenue,
    MIN(first_order) AS first_order,
    MAX(last_order) AS last_order,
    SUM(orders) AS orders,
    SUM(gaps) AS gaps,
    SUM(gap_days) AS gap_days,
    SUM(gap_squares) AS gap_squares,
    SUM(CASE WHEN bucket > start_bucket THEN net END) AS annual_revenue,
    SUM(CASE WHEN bucket > start_bucket THEN gross END) AS annual_gross,
    SUM(CASE WHEN bucket > start_bucket THEN COALESCE(gross, 0) - net END) AS annual_returns,
    SUM(CASE WHEN bucket > start_bucket THEN net - cost END) AS annual_margin,
    SUM(CASE WHEN bucket > start_bucket THEN uncosted END) AS annual_uncosted,
    SUM(CASE WHEN bucket > start_bucket THEN orders END) AS annual_orders,
    SUM(CASE WHEN bucket > start_bucket
        THEN months_begun + CASE WHEN month_since <= start_bucket THEN 1 ELSE 0 END END) AS active_months,
    SUM(CASE WHEN bucket > half_bucket THEN net END) AS recent_half_revenue,
    SUM(CASE WHEN bucket > start_bucket AND bucket <= half_bucket THEN net END) AS earlier_half_revenue,
    SUM(CASE WHEN bucket > prior_bucket AND bucket <= start_bucket THEN net END) AS prior_revenue
FROM customer_buckets
JOIN snapshots ON customer_buckets.bucket <= snapshots.now_bucket
GROUP BY snapshots.snapshot, customer_buckets.customer_id;

-- The answer.
CREATE TEMPORARY VIEW customer_totals AS
SELECT totals.*, breadth.categories, breadth.categorised, breadth.top_sold, breadth.top_category
FROM totals
LEFT JOIN breadth ON breadth.snapshot = totals.snapshot AND breadth.customer_id = totals.customer_id
ORDER BY totals.snapshot, totals.customer_id;
