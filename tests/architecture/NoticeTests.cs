using System.Text.Json;
using System.Text.RegularExpressions;

namespace KernelSim.Architecture.Tests;

public partial class NoticeTests
{
    private const string Tool = "tools/kernelsim/packages.lock.json";

    private static readonly string s_notices = File.ReadAllText(Repository.PathOf("THIRD-PARTY-NOTICES.md"));

    [Fact]
    public void Every_package_that_a_restore_resolves_has_a_row_in_the_notices()
    {
        string[] locks = [.. Directory
            .EnumerateFiles(Repository.Root, "packages.lock.json", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))];
        Assert.True(locks.Length > 30, $"{locks.Length} lock files found");
        Assert.Equal(
            locks.SelectMany(Packages).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase),
            Rows(s_notices).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_notices_name_what_is_distributed_with_the_tool()
    {
        Assert.Equal(
            Packages(Repository.PathOf(Tool)).Order(StringComparer.OrdinalIgnoreCase),
            Rows(s_notices[..s_notices.IndexOf("## Used to build", StringComparison.Ordinal)]).Order(StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Packages(string lockFile)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(lockFile));
        return [.. document.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => package.Name)
            .Distinct()];
    }

    private static IEnumerable<string> Rows(string page) => Row().Matches(page).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"^\| ([\w.-]+) \| (?:MIT|Apache-2\.0|BSD-[23]-Clause) \| .+ \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
