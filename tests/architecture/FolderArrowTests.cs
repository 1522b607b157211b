using KernelSim.Architecture.Tests.Arrows;
using KernelSim.Architecture.Tests.Sources;

namespace KernelSim.Architecture.Tests;

public class FolderArrowTests(SourceIndex index)
{
    private const int PlacesShown = 12;

    public static TheoryData<string> Projects =>
        [.. SourceProject.FindAll().Where(p => p.Files.Any(f => f.Folder is not null)).Select(p => p.Name)];

    [Fact]
    public void The_table_has_a_section_for_each_project_with_folders() =>
        Assert.Equal(Projects.Select(row => row.Data).Order(), ArrowTable.Read().Keys.Order());

    [Fact]
    public void The_architecture_page_shows_the_table()
    {
        string table = Repository.ReadText(ArrowTable.Path);
        string page = Repository.ReadText("docs", "architecture.md");
        Assert.Contains($"```text\n{table[table.IndexOf('[')..].TrimEnd()}\n```", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_use_each_other_as_the_table_says(string project)
    {
        FolderGraph graph = new(index, project);
        ArrowSection section = ArrowTable.Read()[project];
        IEnumerable<string> wrong = graph.Arrows.Except(section.Arrows).Select(arrow =>
            $"""
            {arrow} is not in [{project}]:
            {Places(graph, arrow)}
            Move a file or a member so that the arrow disappears. If it is meant, and points down, add '{arrow.To}' to the row '{arrow.From}'.
            """);
        IEnumerable<string> missing = section.Arrows.Except(graph.Arrows).Select(arrow =>
            $"{arrow} is in [{project}], but no file of {arrow.From} names anything that {arrow.To} declares. Delete it.");
        Pass([
            .. wrong,
            .. missing,
            .. graph.Folders.Except(section.Folders).Select(f => $"The folder {f} has no row in [{project}]. Add one at its layer."),
            .. section.Folders.Except(graph.Folders).Select(f => $"[{project}] has a row '{f}', but the project has no such folder. Delete it."),
        ]);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Arrows_point_down_the_table(string project)
    {
        ArrowSection section = ArrowTable.Read()[project];
        List<string> layers = [.. section.Folders];
        Pass([
            .. section.Arrows.Where(a => layers.IndexOf(a.To) <= layers.IndexOf(a.From))
                .Select(a => $"{a} points up in [{project}]. Put the row '{a.From}' above '{a.To}'; if that is not possible, there is a cycle."),
        ]);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folders_use_each_other_in_a_cycle(string project)
    {
        FolderGraph graph = new(index, project);
        Pass([
            .. FolderGraph.Cycles(graph.Arrows).Select(folders =>
                $"{string.Join(", ", folders)} of {project} use each other:\n" + string.Join('\n', graph.Arrows
                    .Where(a => folders.Contains(a.From) && folders.Contains(a.To))
                    .OrderBy(a => graph.PlacesOf(a).Count())
                    .Select(a => $"{a}, {graph.PlacesOf(a).Count()} references:\n{Places(graph, a)}"))),
        ]);
    }

    private static string Places(FolderGraph graph, Arrow arrow)
    {
        SourceReference[] places = [.. graph.PlacesOf(arrow)];
        IEnumerable<string> shown = places.Take(PlacesShown).Select(p => $"  {p}");
        return string.Join('\n', places.Length > PlacesShown ? shown.Append($"  and {places.Length - PlacesShown} more") : shown);
    }

    private static void Pass(string[] faults) =>
        Assert.True(faults.Length == 0, $"{ArrowTable.Path} and the sources differ.\n{string.Join('\n', faults)}");
}
