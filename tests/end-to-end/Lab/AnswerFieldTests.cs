using KernelSim.Tool.Lab.Grading.Answers;

namespace KernelSim.EndToEnd.Tests.Lab;

/// <summary>The forms in which people write answers into a lab's JSON.</summary>
public sealed class AnswerFieldTests
{
    [Theory]
    [InlineData("1088", "1088", true)]
    [InlineData("1088", "1088.0", true)]
    [InlineData("1088", " 1088 ", true)]
    [InlineData("1088", "0x440", true)]
    [InlineData("1088", "0X440", true)]
    [InlineData("1088", "#1088", true)]
    [InlineData("1088", "##1088", false)]
    [InlineData("1088", "1088.5", false)]
    [InlineData("1088", "-1088", false)]
    [InlineData("1088", "1,088", false)]
    [InlineData("1088", "", false)]
    [InlineData("EINVAL", "einval", true)]
    [InlineData("EINVAL", "22", false)]
    [InlineData("map.find.key_size", "Map.Find.Key_Size", true)]
    public void Numbers_are_compared_by_value_and_words_in_any_case(string answer, string given, bool isRight) =>
        Assert.Equal(isRight, new AnswerField("field", 1, answer, "", "").IsAnsweredBy(given));
}
