namespace Assay.Evaluation.Tests.Checks;

public sealed class SqlCheckTests
{
    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("select id, count(*) as n from orders o where o.status = 'it''s late' group by id having count(*) > 1 order by n desc limit 10;")]
    [InlineData("SELECT * FROM a JOIN b ON a.id = b.a_id LEFT JOIN c USING (id) CROSS JOIN d NATURAL JOIN e")]
    [InlineData("WITH t AS (SELECT id FROM a WHERE x BETWEEN 1 AND 2), u AS (SELECT 2) SELECT * FROM t UNION ALL SELECT * FROM u ORDER BY 1")]
    [InlineData("SELECT CASE WHEN a > 0 THEN 'x' ELSE 'y' END FROM t")]
    [InlineData("INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y') ON CONFLICT (a) DO UPDATE SET b = excluded.b")]
    [InlineData("INSERT INTO t SELECT a FROM u")]
    [InlineData("UPDATE t SET a = a + 1, b = -2 WHERE id IN (SELECT id FROM u)")]
    [InlineData("DELETE FROM t WHERE a IS NOT NULL AND b IS DISTINCT FROM c")]
    [InlineData("CREATE TABLE t (id int PRIMARY KEY, at timestamp DEFAULT now(), x numeric(10, 2) REFERENCES u (id) ON DELETE SET NULL)")]
    [InlineData("-- count them\nSELECT COUNT(DISTINCT \"user id\") FROM `t` /* all; of (them */ WHERE a::text = $1 AND b = :name AND c = @p AND d = ?")]
    [InlineData("SELECT TOP 5 [unit price] FROM [dbo].[orders]")]
    [InlineData("SELECT a, ROW_NUMBER() OVER (PARTITION BY b ORDER BY c) FROM t QUALIFY 1 = 1")]
    [InlineData("SELECT tags[1], x->>'a', $$it's$$ FROM t FETCH FIRST 3 ROWS ONLY")]
    [InlineData("(SELECT 1) UNION (SELECT 2)")]
    [InlineData("SELECT EXTRACT(YEAR FROM d), TRIM(BOTH ' ' FROM s), percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM t")]
    [InlineData("SELECT a FROM t LIMIT 5 OFFSET 10")]
    [InlineData("SELECT a FROM t OFFSET 10 LIMIT 5")]
    [InlineData("BEGIN; UPDATE t SET a = 1; COMMIT;")]
    [InlineData("```sql\nSELECT 1\n```")]
    [InlineData("DROP TABLE IF EXISTS t")]
    [InlineData("SELECT a FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.id = t.id)")]
    public async Task Score_OfSql_Passes(string sql)
    {
        var result = await Ask.ScoreAsync("sql", "{}", sql);
        Assert.True(result.Passed, result.Reason);
    }

    [Theory]
    [InlineData("", "there is no statement")]
    [InlineData("The answer is 42.", "begins no statement")]
    [InlineData("SELEC * FROM t", "begins no statement")]
    [InlineData("SELECT 'it FROM t", "not closed")]
    [InlineData("SELECT (1 FROM t", "'(' is not closed")]
    [InlineData("SELECT 1) FROM t", "closes nothing")]
    [InlineData("SELECT a, FROM t", "follows a comma")]
    [InlineData("SELECT a,, b FROM t", "follows a comma")]
    [InlineData("SELECT FROM t", "something must stand between")]
    [InlineData("SELECT * FROM WHERE a = 1", "something must stand between")]
    [InlineData("SELECT * FROM t WHERE", "something must follow")]
    [InlineData("SELECT * FROM t WHERE a = AND b = 1", "something must stand between")]
    [InlineData("SELECT * WHERE a = 1 FROM t", "FROM stands after WHERE")]
    [InlineData("SELECT * FROM t ORDER BY a WHERE b = 1", "WHERE stands after ORDER")]
    [InlineData("SELECT * FROM t GROUP a", "not followed by BY")]
    [InlineData("SELECT * FROM a JOIN b WHERE a.id = 1", "neither ON nor USING")]
    [InlineData("SELECT CASE WHEN a THEN b FROM t", "no END")]
    [InlineData("UPDATE t WHERE a = 1", "UPDATE has no SET")]
    [InlineData("INSERT INTO t", "INSERT needs")]
    [InlineData("SELECT * FROM t WHERE a IN ()", "nothing in the brackets")]
    [InlineData("WITH t AS (SELECT 1)", "no statement follows")]
    [InlineData("SELECT * FROM (SELECT a FROM u WHERE) x", "something must")]
    [InlineData("SELECT € FROM t", "nothing that SQL knows")]
    public async Task Score_OfBrokenSql_FailsAndSaysWhy(string sql, string reason)
    {
        var result = await Ask.ScoreAsync("sql", "{}", sql);
        Assert.Equal("fail", Ask.Outcome(result));
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "statements": "select" }""", "WITH t AS (SELECT 1) SELECT * FROM t", "pass")]
    [InlineData("""{ "statements": ["select"] }""", "SELECT 1; DROP TABLE t", "fail")]
    [InlineData("""{ "statements": "select" }""", "WITH t AS (SELECT 1) DELETE FROM u", "fail")]
    [InlineData("""{ "single": true }""", "SELECT 1; SELECT 2", "fail")]
    public async Task Score_WithAllowedStatements_LooksAtTheVerbs(string arguments, string sql, string outcome) =>
        Assert.Equal(outcome, Ask.Outcome(await Ask.ScoreAsync("sql", arguments, sql)));
}
