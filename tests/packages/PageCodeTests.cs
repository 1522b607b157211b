using KernelSim.Packages.Tests.Feed;
using KernelSim.Packages.Tests.Pages;

namespace KernelSim.Packages.Tests;

/// <summary>
/// All C# on the pages compiles against the packages with the usings that its page shows. A block is a whole file or a list of usings; or, on a
/// page that links to source files, an excerpt of the file linked to above it.
/// </summary>
public sealed class PageCodeTests(PackedFeed feed, PageCompiler compiler) : IClassFixture<PageCompiler>
{
    /// <summary>The source files that an excerpt's file is compiled with: those of its project and of the samples that it uses.</summary>
    private static readonly (string Folder, string[] With)[] s_projects =
    [
        ("samples/mailbox", ["samples/mailbox/contract", "samples/mailbox/driver", "samples/mailbox/user"]),
        ("samples/samplemap", ["samples/samplemap"]),
        ("tests/samples/Walk", ["samples/mailbox/contract", "samples/mailbox/driver", "samples/mailbox/user", "tests/samples/Walk"]),
        ("tests/samples/Programs", ["tests/samples/Programs"]),
    ];

    public static TheoryData<string> Pages => new(Page.FindAll().Select(p => p.Name));

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_code_on_a_page_compiles_with_the_usings_that_it_shows(string name)
    {
        feed.Require();
        Page page = Page.Read(name);
        List<string> errors = [];
        foreach (CodeBlock block in page.Blocks.Where(b => !b.IsUsings))
        {
            if (block.Source is not { } source)
            {
                string code = block.HasUsings ? block.Text : page.Usings + "\n" + block.Text;
                errors.AddRange(compiler.CompileFile(code).Select(e => $"{name}:{block.Line}: {e}"));
            }
            else if (!Page.StandsIn(block.Text, Repository.ReadText(source)))
            {
                errors.Add($"{name}:{block.Line}: the block does not stand in {source}, which the text above it links to.");
            }
        }

        HashSet<string> shown = [.. page.Blocks.Where(b => !b.IsUsings).Select(b => b.Source).OfType<string>()];
        foreach (string[] folders in shown.Select(ProjectOf).Distinct())
        {
            errors.AddRange(compiler.CompileSources(folders.SelectMany(SourcesIn), shown, page.Usings).Select(e => $"{name}: {e}"));
        }

        Assert.Empty(errors);
    }

    private static string[] ProjectOf(string file) =>
        s_projects.Where(p => file.StartsWith(p.Folder + "/", StringComparison.Ordinal)).Select(p => p.With).FirstOrDefault()
        ?? throw new InvalidOperationException($"{file} is in no project of {nameof(PageCodeTests)}: add a row.");

    /// <summary>The sources of a folder that are not tests: those need the test framework.</summary>
    private static IEnumerable<string> SourcesIn(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs")
            .Where(f => !f.EndsWith("Tests.cs", StringComparison.Ordinal) && !File.ReadAllText(f).Contains("Assert.", StringComparison.Ordinal))
            .Select(Repository.Relative);
}
