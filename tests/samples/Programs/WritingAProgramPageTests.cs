using System.Text.RegularExpressions;

namespace KernelSim.Samples.Tests.Programs;

/// <summary>Holds <c>docs/writing-a-program.md</c>: its code is the code that is compiled, and counts what the page says.</summary>
public sealed partial class WritingAProgramPageTests
{
    private static readonly string s_page = Repository.ReadText("docs", "writing-a-program.md");
    private static readonly string s_code = Repository.ReadText("tests", "samples", "Programs", "WalkedProgram.cs");

    public static TheoryData<string> Excerpts => new(Excerpt().Matches(s_page).Select(m => m.Groups[1].Value));

    [Theory]
    [MemberData(nameof(Excerpts))]
    public void An_excerpt_stands_in_the_compiled_file(string excerpt) => Assert.Contains(excerpt, s_code, StringComparison.Ordinal);

    [Fact]
    public void The_program_counts_what_the_page_says()
    {
        ulong[] counts = WalkedProgram.Run();
        Assert.Contains($"The counts are {string.Join(", ", counts)}:", s_page, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Excerpt();
}
