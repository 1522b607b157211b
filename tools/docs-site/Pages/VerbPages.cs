using KernelSim.Tool.CommandLine;
using static KernelSim.DocsSite.Pages.Markdown;

namespace KernelSim.DocsSite.Pages;

/// <summary>A page for each verb of the command line: what the tool's own help says.</summary>
internal static class VerbPages
{
    private const string Folder = "reference/commands";

    /// <summary>The verbs, in the order of the help.</summary>
    public static IReadOnlyList<string> Verbs { get; } = [.. CommandModules.All.Select(NameOf)];

    /// <summary>The page of a verb, from the site's root.</summary>
    public static string PathOf(string verb) => $"{Folder}/{verb}.md";

    /// <summary>All pages.</summary>
    public static IEnumerable<SitePage> Make() => [Index(), .. CommandModules.All.Select(m => new SitePage(PathOf(NameOf(m)), Page(m)))];

    private static SitePage Index() => new($"{Folder}/index.md", new Markdown("The command line")
        .Paragraph(
            $"What `kernelsim --help` prints. {Link("Output, widths, exit codes", "../../docs/command-line.md")} describes what all verbs have "
            + "in common.")
        .Fence(HelpOf())
        .Table(["verb", "example", "does"], CommandModules.All.Select(m => (IReadOnlyList<string>)
            [Link(Code(NameOf(m)), NameOf(m) + ".md"), Code(m.Example.CommandLine), Plain(m.Example.Does)]))
        .ToString());

    private static string Page(ICommandModule module)
    {
        string name = NameOf(module);
        Markdown page = new Markdown($"kernelsim {name}").Fence(HelpOf(name));
        foreach (ICommandModule verb in module.Verbs)
        {
            page.Heading($"{name} {NameOf(verb)}").Fence(HelpOf(name, NameOf(verb)));
        }

        return page.ToString();
    }

    private static string NameOf(ICommandModule module) => module.Build(Console(TextWriter.Null)).Name;

    private static string HelpOf(params string[] verbs)
    {
        using StringWriter output = new() { NewLine = "\n" };
        KernelSimTool.Run([.. verbs, "--help"], Console(output));
        return string.Join('\n', output.ToString().Split('\n').Select(l => l.TrimEnd())).Trim('\n');
    }

    private static ToolConsole Console(TextWriter output) => new(TextReader.Null, output, TextWriter.Null) { Width = 80 };
}
