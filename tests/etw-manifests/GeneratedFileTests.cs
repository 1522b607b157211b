using KernelSim.DocsGen;

namespace KernelSim.Tracing.Tests;

public sealed class GeneratedFileTests
{
    public static TheoryData<string> Files => [.. DocsGenerator.All.Select(f => f.Path)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_generated_file_is_what_the_tool_writes(string path) => Assert.True(
        DocsGenerator.All.Single(f => f.Path == path).Generate() == Repository.ReadText(path),
        $"{path} differs from what the code says. Run '{DocsGenerator.Command}' and look at the difference.");
}
