using System.Text.RegularExpressions;
using System.Xml.Linq;
using KernelSim.DocsSite.Pages;
using KernelSim.LabScripts;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode;

namespace KernelSim.EndToEnd.Tests.Site;

/// <summary>The tables that the site's reference is made from are complete.</summary>
public sealed class ReferenceWordsTests
{
    private static readonly LabScriptPage s_examples = new(Repository.ReadText("docs", "lab-scripts.md"));

    public static TheoryData<string> Ops => [.. ScriptOpTable.All.Select(op => op.Name)];

    [Fact]
    public void The_words_for_ops_are_in_the_order_of_the_ops() =>
        Assert.Equal(ScriptOpTable.All.Select(op => op.Name), ScriptOpWords.All.Select(w => w.Op));

    [Theory]
    [MemberData(nameof(Ops))]
    public void Every_field_of_an_op_has_words_and_a_default_if_it_may_be_omitted(string name)
    {
        ScriptOp op = ScriptOpTable.All.Single(o => o.Name == name);

        Assert.All(op.Fields, field =>
        {
            Assert.False(string.IsNullOrEmpty(ScriptFieldWords.Means(op, field)), $"{name}.{field.Name} has no row in ScriptFieldWords.");
            Assert.Equal(field.Optional, ScriptFieldWords.Default(op, field).Length > 0);
        });
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void The_function_that_an_op_calls_is_one_of_the_librarys_a_helper_or_one_of_Windows(string name)
    {
        string calls = ScriptOpWords.Of(name)!.Calls;
        string[] windows = ["CreateFile", "DeviceIoControl", "GetOverlappedResult", "CancelIo", "CloseHandle"];
        if (name.StartsWith("helper_", StringComparison.Ordinal) || windows.Contains(calls) || calls.StartsWith("none: ", StringComparison.Ordinal))
        {
            return;
        }

        Assert.All(calls.Split(", "), call => Assert.Contains(call, typeof(Libbpf).GetMethods().Select(m => m.Name)));
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void Every_op_has_an_example(string name) => Assert.NotNull(s_examples.Of(name));

    [Fact]
    public void A_result_that_an_example_shows_has_words()
    {
        string[] general = ["ret", "errno", "check", "given", "expected", "id", "fault"];
        List<string> wordless = [];
        foreach (ScriptExample example in s_examples.All.Where(e => e.Calls.Count == e.Results.Count))
        {
            foreach ((string call, string result) in example.Calls.Zip(example.Results))
            {
                string op = Regex.Match(call, "\"op\":\"(\\w+)\"").Groups[1].Value;
                ScriptOpWords words = ScriptOpWords.Of(op)!;
                wordless.AddRange(ToolRun.Parse(result).EnumerateObject().Select(p => p.Name)
                    .Where(n => !general.Contains(n) && op != "obj_get_info_by_fd" && words.Gives.All(g => g.Name != n)).Select(n => $"{op}: {n}"));
            }
        }

        Assert.True(wordless.Count == 0, $"These results have no words in ScriptOpWords: {string.Join(", ", wordless.Distinct())}");
    }

    [Fact]
    public void Most_checks_name_the_sources_that_refuse_by_them()
    {
        CheckSites sites = new(Repository.Root);
        string[] without = [.. CheckTable.All.Where(c => sites.Of(c).Count == 0).Select(c => c.Id)];

        Assert.True(without.Length < CheckTable.All.Count / 10, $"No source names {string.Join(", ", without)}");
    }

    [Fact]
    public void The_API_reference_has_every_assembly_that_is_packed_for_others()
    {
        string[] packed = [.. Projects().Where(IsPackedLibrary).Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal)];

        Assert.Equal(packed, ApiAssemblies.All.Select(a => a.Name).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Projects() =>
        Regex.Matches(Repository.ReadText("KernelSim.sln"), "\"([^\"]+\\.csproj)\"").Select(m => m.Groups[1].Value.Replace('\\', '/'));

    /// <summary>A library that is packed, and not only made of others: such a package has no types of its own.</summary>
    private static bool IsPackedLibrary(string project)
    {
        XDocument text = XDocument.Load(Repository.PathOf(project));
        string? Property(string name) => text.Descendants(name).LastOrDefault()?.Value;
        return Property("IsPackable") == "true" && Property("OutputType") != "Exe" && Property("IncludeBuildOutput") != "false";
    }
}
