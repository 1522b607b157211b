using System.Text.RegularExpressions;

namespace KernelSim.Architecture.Tests;

/// <summary>The table of upstream's test cases names tests that exist.</summary>
public class UpstreamCaseTests
{
    [Fact]
    public void Each_case_has_one_row()
    {
        Assert.Equal(UpstreamCase.All.Count, UpstreamCase.All.DistinctBy(c => (c.Suite, c.Name)).Count());
        Assert.All(UpstreamCase.All, c => Assert.Contains(c.Expressed, (string[])["before", "now", UpstreamCase.Open]));
        Assert.All(UpstreamCase.All, c => Assert.False(string.IsNullOrWhiteSpace(c.Needs) || string.IsNullOrWhiteSpace(c.Text)));
    }

    [Fact]
    public void Each_test_that_a_row_names_exists() => Assert.All(
        UpstreamCase.All.Where(c => c.Expressed != UpstreamCase.Open).Select(c => c.Text).Distinct(),
        test => Assert.True(Exists(test), test));

    private static bool Exists(string test)
    {
        string folder = test.Split('/')[0];
        string[] names = test[(folder.Length + 1)..].Split('.');
        return names.Length == 2 && Directory
            .EnumerateFiles(Repository.PathOf("tests", folder), $"{names[0]}.cs", SearchOption.AllDirectories)
            .Any(file => Regex.IsMatch(File.ReadAllText(file), $@" (?:void|Task) {names[1]}\("));
    }
}
