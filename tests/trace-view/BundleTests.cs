using System.Text.RegularExpressions;

namespace KernelSim.TraceView.Tests;

/// <summary>The modules of the viewer can be joined: every import is met, and no name is declared twice.</summary>
public sealed partial class BundleTests
{
    [Fact]
    public void Every_import_names_something_that_a_module_before_exports()
    {
        Dictionary<string, HashSet<string>> exports = [];
        foreach (string module in PageAssets.Modules)
        {
            string source = PageAssets.Read(module);
            foreach (Match import in Imports().Matches(source))
            {
                string from = import.Groups["from"].Value;
                Assert.True(exports.ContainsKey(from), $"{module} imports from {from}, which does not stand before it");
                Assert.All(Names(import.Groups["names"].Value), name => Assert.Contains(name, exports[from]));
                Assert.All(
                    Names(import.Groups["names"].Value),
                    name => Assert.Matches($@"\b{Regex.Escape(name)}\b", Imports().Replace(source, string.Empty)));
            }

            exports[module] = [.. Exports().Matches(source).Select(m => m.Groups["name"].Value)];
        }
    }

    [Fact]
    public void No_two_modules_declare_the_same_name()
    {
        IEnumerable<(string Name, string Module)> declared = PageAssets.Modules.SelectMany(
            m => Declarations().Matches(PageAssets.Read(m)).Select(d => (d.Groups["name"].Value, m)));

        Assert.All(declared.GroupBy(d => d.Name), g => Assert.Single(g));
    }

    [Fact]
    public void Nothing_of_a_module_is_left_on_the_page()
    {
        Assert.DoesNotMatch(@"(?m)^(import|export)\b", PageAssets.Script);
        Assert.DoesNotContain("</script", PageAssets.Script, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("</style", PageAssets.Style, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void All_embedded_modules_and_sheets_are_used() => Assert.Equal(
        typeof(TracePage).Assembly.GetManifestResourceNames().Order(),
        [.. PageAssets.Modules.Concat(PageAssets.Sheets).Append("page.html").Order()]);

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"(?m)^import \{(?<names>[^}]*)\} from ""\./(?<from>[^""]+)"";$")]
    private static partial Regex Imports();

    [GeneratedRegex(@"(?m)^export (?:function|const|let) (?<name>[\w$]+)")]
    private static partial Regex Exports();

    [GeneratedRegex(@"(?m)^(?:export )?(?:function|const|let) (?<name>[\w$]+)")]
    private static partial Regex Declarations();
}
