namespace KernelSim.TraceAnalysis.Tests;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("two\nlines", "two\\nlines")]
    [InlineData("\r\t\b\f\0\u007f\u0085", "\\r\\t\\b\\f\\u0000\\u007f\\u0085")]
    [InlineData("\u001b[31mred", "\\u001b[31mred")]
    [InlineData("a\ufffeb\uffff", "a\\ufffeb\\uffff")]
    [InlineData("a\u2028b\u2029c", "a\\u2028b\\u2029c")]
    [InlineData("a\u202eb\u2066c\u200f", "a\\u202eb\\u2066c\\u200f")]
    [InlineData("Zähler 😀 \\Device\\x \"y\"", "Zähler 😀 \\Device\\x \"y\"")]
    public void What_is_no_character_of_a_line_is_escaped_as_in_json(string text, string visible)
    {
        Assert.Equal(visible, VisibleText.Escape(text));
        Assert.Equal(visible, VisibleText.Escape(visible));
    }

    [Fact]
    public void A_surrogate_without_its_other_half_is_escaped() =>
        Assert.Equal("\\udc00x\\ud800", VisibleText.Escape(new string(['\udc00', 'x', '\ud800'])));

    [Fact]
    public void Between_quotes_quotes_and_backslashes_are_escaped_too() =>
        Assert.Equal("\"a\\\"b\\\\n\\n\"", VisibleText.Quote("a\"b\\n\n"));
}
