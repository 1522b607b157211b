using KernelSim.ObjectFiles;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpf.Objects;

/// <summary>What is in an object file, as tables. A part that the file does not have is left out.</summary>
internal sealed class SectionsText(ToolConsole console)
{
    private readonly Page _page = new(console);

    /// <summary>Writes all parts.</summary>
    public void Write(BpfObjectFile file)
    {
        _page.Heading("sections", first: true);
        Table(
            ["#", "section", "type", "size", "flags"],
            file.Sections.Skip(1).Select(s => new object[]
            {
                s.Index, ObjectWords.Visible(s.Name), ObjectWords.SectionType(s), (long)s.Size, ObjectWords.SectionFlags(s),
            }));
        Part("programs", ["section", "program", "type", "attach type", "instructions", "functions"], file.Programs.Select(p => new object[]
        {
            ObjectWords.Visible(p.Section), ObjectWords.Visible(p.Name), ObjectWords.ProgramType(p), ObjectWords.AttachType(p),
            p.Instructions.Length, p.Functions.Length,
        }));
        Part("maps", ["map", "type", "key", "value", "entries", "notes"], file.Maps.Select(m => new object[]
        {
            ObjectWords.Visible(m.Name), ObjectWords.MapType(m), (long)m.KeySize, (long)m.ValueSize, (long)m.MaxEntries, Notes(file, m),
        }));
        Part("global variables", ["variable", "map", "offset", "size"], file.Variables.Select(v => new object[]
        {
            ObjectWords.Visible(v.Name), ObjectWords.Visible(file.Maps[v.Map].Name), (long)v.Offset, (long)v.Size,
        }));
        Part("externs", ["extern", "kind", "section", "notes"], file.Externs.Select(e => new object[]
        {
            ObjectWords.Visible(e.Name), e.IsFunction ? "function" : "variable", e.Section,
            ObjectWords.Visible(string.Join(' ', e.Tags.Prepend(e.IsWeak ? "weak" : "").Where(t => t.Length > 0))),
        }));
        if (file.Types is { } types)
        {
            _page.Heading($"BTF: {types.Count - 1} types");
            IEnumerable<string> kinds = types.All().CountBy(t => t.Kind).OrderBy(k => k.Key).Select(k => $"{k.Value} {ObjectWords.Kind(k.Key)}");
            _page.Paragraph(string.Join(", ", kinds));
        }

        if (file.License is { } license)
        {
            _page.Heading($"license: {ObjectWords.Visible(license)}");
        }
    }

    private void Part(string title, string[] headings, IEnumerable<object[]> rows)
    {
        object[][] all = [.. rows];
        if (all.Length > 0)
        {
            _page.Heading(title);
            Table(headings, all);
        }
    }

    private void Table(string[] headings, IEnumerable<object[]> rows)
    {
        TextTable table = new(headings);
        foreach (object[] row in rows)
        {
            table.Add(row);
        }

        table.WriteTo(console);
    }

    private static string Notes(BpfObjectFile file, ObjectMap map)
    {
        List<string> notes = [];
        if (map.Kind == ObjectMapKind.Legacy)
        {
            notes.Add("legacy definition");
        }

        if (map.HoldsVariables)
        {
            notes.Add($"variables of {map.Section}{(map.Kind == ObjectMapKind.ReadOnlyData ? ", read only" : "")}");
        }

        if (map.Pinning == EbpfPinType.ByName)
        {
            notes.Add("pinned by name");
        }

        if (map.Inner is { } inner)
        {
            string like = map.InnerIndex is { } index ? $" like {file.Maps[index].Name}" : "";
            notes.Add($"of {ObjectWords.MapType(inner)}{like}");
        }

        notes.AddRange(map.InitialValues.Select(v => $"[{v.Index}] = {(map.HoldsMaps ? file.Maps[v.Target].Name : file.Programs[v.Target].Name)}"));
        return ObjectWords.Visible(string.Join(", ", notes));
    }
}
