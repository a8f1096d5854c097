-- Orders → one row per customer and snapshot date, in exact numbers only: integers and decimal money.
--
-- Given    order_lines (customer_id, order_id, order_date, category, amount, cost), a column the file lacks is NULL
--          calendar    (order_date, day, month, bucket), the dates of the data up to the last snapshot as numbers
--          snapshots   (snapshot, now_bucket, half_bucket, start_bucket, prior_bucket)
-- Windows  A day's bucket is the first date mark that sees it, so every window is a union of whole buckets:
--          all so far        bucket <= now_bucket             its later half   half_bucket < bucket
--          the window        start_bucket < bucket            the one before   prior_bucket < bucket <= start_bucket
-- A sale is a line with a positive amount, gross the sum of sales and NULL where there is none.

-- One row per customer and day: its money.
CREATE TEMPORARY VIEW days AS
SELECT
    order_lines.customer_id,
    calendar.day,
    SUM(order_lines.amount) AS net,
    SUM(CASE WHEN order_lines.amount > 0 THEN order_lines.amount END) AS gross,
    SUM(order_lines.cost) AS cost,
    COUNT(*) - COUNT(order_lines.cost) AS uncosted
FROM order_lines
JOIN calendar ON calendar.order_date = order_lines.order_date
GROUP BY order_lines.customer_id, calendar.day;

-- One row per customer: a number in code-point order of the name, to join and sort by.
CREATE TEMPORARY VIEW customers AS
SELECT customer_id, CAST(ROW_NUMBER() OVER (ORDER BY customer_id) AS INTEGER) AS customer
FROM (SELECT DISTINCT customer_id FROM days) AS names;

-- One row per order: a distinct order_id (without one: customer and day) with a sale, dated by its first.
-- Counted at once into one row per customer and bucket.
CREATE TEMPORARY VIEW order_buckets AS
SELECT
    customers.customer,
    calendar.bucket,
    COUNT(*) AS orders,
    MIN(orders.day) AS first_order,
    MAX(orders.day) AS last_order
FROM (
    SELECT order_lines.customer_id, MIN(calendar.day) AS day
    FROM order_lines
    JOIN calendar ON calendar.order_date = order_lines.order_date
    WHERE order_lines.amount > 0
    GROUP BY
        order_lines.customer_id,
        order_lines.order_id,
        CASE WHEN order_lines.order_id IS NULL THEN calendar.day END
) AS orders
JOIN calendar ON calendar.day = orders.day
JOIN customers ON customers.customer_id = orders.customer_id
GROUP BY customers.customer, calendar.bucket;

-- One row per customer and day, with the sale day before it if it is one itself.
CREATE TEMPORARY VIEW paced_days AS
SELECT
    customers.customer, days.day, days.net, days.gross, days.cost, days.uncosted,
    CASE WHEN days.gross IS NOT NULL THEN
        LAG(days.day) OVER (PARTITION BY customers.customer, days.gross IS NULL ORDER BY days.day)
    END AS previous_day
FROM days
JOIN customers ON customers.customer_id = days.customer_id;

-- One row per customer and bucket. gap_logs sums natural logarithms in whole 2⁻²⁴: no order of adding changes it.
-- months_begun counts the months whose first sale ever is in the bucket. A month that
-- runs on from an earlier bucket is told by it (month_since) and counts in the windows that do not reach back to it.
CREATE TEMPORARY VIEW day_buckets AS
SELECT
    paced_days.customer,
    today.bucket,
    SUM(paced_days.net) AS net,
    COALESCE(SUM(paced_days.gross), 0) AS gross,
    COALESCE(SUM(paced_days.cost), 0) AS cost,
    CAST(SUM(paced_days.uncosted) AS BIGINT) AS uncosted,
    COUNT(paced_days.previous_day) AS gaps,
    CAST(COALESCE(SUM(paced_days.day - paced_days.previous_day), 0) AS BIGINT) AS gap_days,
    CAST(COALESCE(SUM(
        CAST(paced_days.day - paced_days.previous_day AS BIGINT) * (paced_days.day - paced_days.previous_day)
    ), 0) AS BIGINT) AS gap_squares,
    CAST(COALESCE(SUM(
        CAST(ROUND(LN(paced_days.day - paced_days.previous_day) * 16777216) AS BIGINT)
    ), 0) AS BIGINT) AS gap_logs,
    COUNT(CASE WHEN paced_days.gross IS NOT NULL AND (before.month IS NULL OR before.month < today.month) THEN 1 END)
        AS months_begun,
    MAX(CASE WHEN before.month = today.month AND before.bucket < today.bucket THEN before.bucket END) AS month_since
FROM paced_days
JOIN calendar AS today ON today.day = paced_days.day
LEFT JOIN calendar AS before ON before.day = paced_days.previous_day
GROUP BY paced_days.customer, today.bucket;

-- One row per customer and bucket, money and orders side by side. Sorted, so that the totals below stay in the
-- processor's cache: it saves a third of their time.
CREATE TEMPORARY VIEW customer_buckets AS
SELECT
    money.customer, money.bucket, money.net, money.gross, money.cost, money.uncosted,
    money.gaps, money.gap_days, money.gap_squares, money.gap_logs, money.months_begun, money.month_since,
    orders.orders, orders.first_order, orders.last_order
FROM day_buckets AS money
LEFT JOIN order_buckets AS orders ON orders.customer = money.customer AND orders.bucket = money.bucket
ORDER BY money.customer, money.bucket;

-- One row per customer, category and bucket: its sales.
CREATE TEMPORARY VIEW category_buckets AS
SELECT order_lines.customer_id, order_lines.category, calendar.bucket, SUM(order_lines.amount) AS sold
FROM order_lines
JOIN calendar ON calendar.order_date = order_lines.order_date
WHERE order_lines.amount > 0 AND order_lines.category IS NOT NULL
GROUP BY order_lines.customer_id, order_lines.category, calendar.bucket;

-- One row per category: a number in code-point order of the name.
CREATE TEMPORARY VIEW categories AS
SELECT category AS category_name, CAST(ROW_NUMBER() OVER (ORDER BY category) AS INTEGER) AS category
FROM (SELECT DISTINCT category FROM category_buckets) AS names;

-- One row per snapshot, customer and category with sales in the window.
CREATE TEMPORARY VIEW category_windows AS
SELECT snapshots.snapshot, customers.customer, categories.category, SUM(category_buckets.sold) AS sold
FROM category_buckets
JOIN customers ON customers.customer_id = category_buckets.customer_id
JOIN categories ON categories.category_name = category_buckets.category
JOIN snapshots
    ON category_buckets.bucket > snapshots.start_bucket AND category_buckets.bucket <= snapshots.now_bucket
GROUP BY snapshots.snapshot, customers.customer, categories.category;

-- One row per snapshot and customer with such sales. Of categories sold equally the smaller name is the top one.
CREATE TEMPORARY VIEW breadth AS
SELECT
    snapshot,
    customer,
    COUNT(*) AS categories,
    SUM(sold) AS sold,
    MAX(sold) AS top_sold,
    MIN_BY(category, (-sold, category)) AS top_category
FROM category_windows
GROUP BY snapshot, customer;

-- One row per snapshot and customer: totals so far, in the window, in its later half and in the window before.
CREATE TEMPORARY VIEW totals AS
SELECT
    snapshots.snapshot,
    own.customer,
    SUM(own.net) AS revenue,
    SUM(own.gross) AS gross_revenue,
    SUM(own.gaps) AS gaps,
    SUM(own.gap_days) AS gap_days,
    SUM(own.gap_squares) AS gap_squares,
    SUM(own.gap_logs) AS gap_logs,
    SUM(own.orders) AS orders,
    MIN(own.first_order) AS first_order,
    MAX(own.last_order) AS last_order,
    SUM(CASE WHEN own.bucket > snapshots.start_bucket THEN own.net END) AS annual_revenue,
    SUM(CASE WHEN own.bucket > snapshots.start_bucket THEN own.gross END) AS annual_gross,
    SUM(CASE WHEN own.bucket > snapshots.start_bucket THEN own.cost END) AS annual_cost,
    SUM(CASE WHEN own.bucket > snapshots.start_bucket THEN own.uncosted END) AS annual_uncosted,
    SUM(CASE WHEN own.bucket > snapshots.start_bucket THEN own.orders END) AS annual_orders,
    SUM(CASE
        WHEN own.bucket <= snapshots.start_bucket THEN 0
        WHEN own.month_since <= snapshots.start_bucket THEN own.months_begun + 1
        ELSE own.months_begun
    END) AS active_months,
    SUM(CASE WHEN own.bucket > snapshots.half_bucket THEN own.net END) AS recent_half_revenue,
    SUM(CASE
        WHEN own.bucket > snapshots.prior_bucket AND own.bucket <= snapshots.start_bucket THEN own.net
    END) AS prior_revenue
FROM customer_buckets AS own
JOIN snapshots ON own.bucket <= snapshots.now_bucket
GROUP BY snapshots.snapshot, own.customer;

-- One row per snapshot and customer, by name, sorted. A window without lines is worth 0.
CREATE TEMPORARY VIEW customer_totals AS
SELECT
    totals.snapshot,
    customers.customer_id,
    totals.revenue,
    totals.gross_revenue,
    totals.first_order,
    totals.last_order,
    CAST(COALESCE(totals.orders, 0) AS BIGINT) AS orders,
    COALESCE(totals.annual_revenue, 0) AS annual_revenue,
    COALESCE(totals.annual_gross, 0) AS annual_gross,
    COALESCE(totals.annual_gross - totals.annual_revenue, 0) AS annual_returns,
    COALESCE(totals.annual_revenue - totals.annual_cost, 0) AS annual_margin,
    CAST(COALESCE(totals.annual_uncosted, 0) AS BIGINT) AS annual_uncosted,
    CAST(COALESCE(totals.annual_orders, 0) AS BIGINT) AS annual_orders,
    COALESCE(totals.prior_revenue, 0) AS prior_revenue,
    COALESCE(totals.recent_half_revenue, 0) AS recent_half_revenue,
    COALESCE(totals.annual_revenue, 0) - COALESCE(totals.recent_half_revenue, 0) AS earlier_half_revenue,
    CAST(totals.active_months AS BIGINT) AS active_months,
    CAST(totals.gaps AS BIGINT) AS gaps,
    CAST(totals.gap_days AS BIGINT) AS gap_days,
    CAST(totals.gap_squares AS BIGINT) AS gap_squares,
    CAST(totals.gap_logs AS BIGINT) AS gap_logs,
    COALESCE(breadth.categories, 0) AS categories,
    COALESCE(breadth.sold, 0) AS category_sold,
    COALESCE(breadth.top_sold, 0) AS top_category_sold,
    categories.category_name AS top_category
FROM totals
JOIN customers ON customers.customer = totals.customer
LEFT JOIN breadth ON breadth.snapshot = totals.snapshot AND breadth.customer = totals.customer
LEFT JOIN categories ON categories.category = breadth.top_category
ORDER BY totals.snapshot, totals.customer;
