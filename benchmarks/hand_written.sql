-- What one would write by hand for one date in DuckDB: the columns of the customer table, dates and windows inline.
WITH sales AS (
    SELECT customer_id, order_id, order_date, category, amount, cost
    FROM lines
    WHERE order_date <= $as_of
),
days AS (
    SELECT customer_id, order_date AS day, LAG(order_date) OVER (PARTITION BY customer_id ORDER BY order_date) AS before
    FROM (SELECT DISTINCT customer_id, order_date FROM sales WHERE amount > 0)
),
rhythm AS (
    SELECT
        customer_id, COUNT(before) AS gaps, AVG(day - before) AS gap_mean_days,
        STDDEV_SAMP(day - before) AS gap_std_days, AVG(LN(day - before)) AS gap_log_mean,
        COUNT(DISTINCT CASE WHEN day > $as_of - INTERVAL 12 MONTHS THEN DATE_TRUNC('month', day) END) AS active_months
    FROM days
    GROUP BY customer_id
),
dated_orders AS (
    SELECT customer_id, order_id, MIN(order_date) AS day FROM sales WHERE amount > 0 GROUP BY customer_id, order_id
),
orders AS (
    SELECT
        customer_id, COUNT(*) AS orders, MIN(day) AS first_order, MAX(day) AS last_order,
        COUNT(*) FILTER (day > $as_of - INTERVAL 12 MONTHS) AS annual_orders
    FROM dated_orders
    GROUP BY customer_id
),
categories AS (
    SELECT customer_id, COUNT(*) AS categories, MAX(sold) / SUM(sold) AS top_share, ARG_MAX(category, sold) AS top_category
    FROM (
        SELECT customer_id, category, SUM(amount) AS sold
        FROM sales
        WHERE amount > 0 AND order_date > $as_of - INTERVAL 12 MONTHS
        GROUP BY customer_id, category
    )
    GROUP BY customer_id
),
money AS (
    SELECT
        customer_id,
        SUM(amount) AS revenue,
        SUM(amount) FILTER (amount > 0) AS gross_revenue,
        SUM(amount) FILTER (order_date > $as_of - INTERVAL 12 MONTHS) AS annual_revenue,
        SUM(amount) FILTER (amount > 0 AND order_date > $as_of - INTERVAL 12 MONTHS) AS annual_gross,
        SUM(cost) FILTER (order_date > $as_of - INTERVAL 12 MONTHS) AS annual_cost,
        SUM(amount) FILTER (order_date > $as_of - INTERVAL 6 MONTHS) AS recent_half_revenue,
        SUM(amount) FILTER (
            order_date > $as_of - INTERVAL 24 MONTHS AND order_date <= $as_of - INTERVAL 12 MONTHS
        ) AS prior_revenue
    FROM sales
    GROUP BY customer_id
)
SELECT *, annual_revenue / NULLIF(prior_revenue, 0) - 1 AS growth, $as_of - last_order AS recency_days
FROM money
LEFT JOIN orders USING (customer_id)
LEFT JOIN rhythm USING (customer_id)
LEFT JOIN categories USING (customer_id)
ORDER BY customer_id
