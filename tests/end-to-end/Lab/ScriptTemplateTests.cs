using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.EndToEnd.Tests.Lab;

public sealed class ScriptTemplateTests
{
    private static readonly TemplateNames s_names = new TemplateNames()
        .Add("count", 10)
        .Add("cpus", 3)
        .Add("key", [1, 0xab])
        .Add("keys", 4, n => new byte[n]);

    [Theory]
    [InlineData("${count}", "10")]
    [InlineData("a${count}b${cpus}c", "a10b3c")]
    [InlineData("${count - cpus - 1}", "6")]
    [InlineData("${2 + 3 * 4}", "14")]
    [InlineData("${(2 + 3) * 4}", "20")]
    [InlineData("${count / cpus * cpus}", "9")]
    [InlineData("${count % cpus}", "1")]
    [InlineData("${-count + 11}", "1")]
    [InlineData("${0x10}", "16")]
    [InlineData("${key}", "01ab")]
    [InlineData("${keys(cpus)}", "000000")]
    [InlineData("${u16(300)}", "2c01")]
    [InlineData("${u64(-1)}", "ffffffffffffffff")]
    [InlineData("${pad8(9)}", "16")]
    [InlineData("# ${nothing}", "# ${nothing}")]
    public void A_placeholder_has_the_value_of_its_expression(string line, string expected)
    {
        Assert.True(ScriptTemplate.TryBind(line, s_names, out IReadOnlyList<string> lines, out string problem), problem);
        Assert.Equal([expected], lines);
    }

    [Theory]
    [InlineData("${cuont}", "'cuont' given, expected one of count")]
    [InlineData("${count", "expected a placeholder that ends with '}'")]
    [InlineData("${}", "expected a number or a name")]
    [InlineData("${1 +}", "expected a number or a name")]
    [InlineData("${(1}", "expected ')'")]
    [InlineData("${1 2}", "'2' given, expected an operator")]
    [InlineData("${count / 0}", "expected a result of 64 bits")]
    [InlineData("${9223372036854775807 + 1}", "expected a result of 64 bits")]
    [InlineData("${99999999999999999999}", "expected a number")]
    [InlineData("${key + 1}", "the bytes 01ab given, expected a number")]
    [InlineData("${u16(70000)}", "70000 given to u16, expected a number from 0 to 65535")]
    [InlineData("${keys(5)}", "5 given to keys, expected a number from 0 to 4")]
    [InlineData("${keys}", "expected '(' after keys")]
    public void A_placeholder_without_a_value_is_refused_with_its_line(string line, string complaint)
    {
        Assert.False(ScriptTemplate.TryBind("\n" + line, s_names, out _, out string problem));
        Assert.StartsWith("line 2: ", problem, StringComparison.Ordinal);
        Assert.Contains(complaint, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Brackets_in_each_other_are_limited()
    {
        string deep = $"${{{new string('(', 100_000)}1{new string(')', 100_000)}}}";

        Assert.False(ScriptTemplate.TryBind(deep, s_names, out _, out string problem));
        Assert.Contains("brackets in each other", problem, StringComparison.Ordinal);
    }
}
