using System.Text.RegularExpressions;
using KernelSim.Protocol.Checks;

namespace KernelSim.UserMode.Tests;

public partial class DifferencesPageTests
{
    private static readonly string s_page = Repository.ReadText("docs", "differences.md");

    [Fact]
    public void Every_check_that_the_page_names_is_in_the_table()
    {
        string[] ids = [.. CheckId().Matches(s_page).Select(m => m.Groups[1].Value).Distinct()];
        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.NotNull(CheckTable.Find(id)));
    }

    [Fact]
    public void Every_version_and_every_batch_call_is_on_the_page()
    {
        Assert.All(
            Enum.GetValues<LibraryVersion>(),
            version => Assert.Contains($"**{LibraryVersionNames.NameOf(version)}**", s_page, StringComparison.Ordinal));
        foreach (string call in (string[])["lookup_batch", "lookup_and_delete_batch", "update_batch", "delete_batch", "lookup_elem"])
        {
            Assert.Contains(call, s_page, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"`((?:api|typed|driver)\.[a-z_0-9.]*[a-z])`")]
    private static partial Regex CheckId();
}
