using System.Reflection;
using System.Text.RegularExpressions;
using KernelSim.Protocol.Checks;

namespace KernelSim.DocsSite.Pages;

/// <summary>The source files that name a check's row, or that have a rule with its id: the places where it refuses.</summary>
internal sealed class CheckSites
{
    private static readonly Regex s_site = new(@"\b(?:CheckTable|SystemChecks)\.(\w+)");

    private static readonly Regex s_rule = new(@"""([a-z0-9_]+(?:\.[a-z0-9_]+)+)""");

    private static readonly string[] s_folders = ["bytecode", "ioctl-proto", "kernel-sim", "usermode-api"];

    private readonly Dictionary<string, SortedSet<string>> _filesByRow = [];
    private readonly Dictionary<Check, string> _rows = [];

    /// <summary>Reads the sources.</summary>
    /// <param name="root">The folder of the repository that holds the solution.</param>
    public CheckSites(string root)
    {
        AddRows(typeof(CheckTable));
        AddRows(typeof(SystemChecks));
        foreach (string file in s_folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(root, f), "*.cs", SearchOption.AllDirectories)))
        {
            string path = Path.GetRelativePath(root, file).Replace('\\', '/');
            if (!path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/Checks/", StringComparison.Ordinal))
            {
                AddSites(path, File.ReadAllText(file));
            }
        }
    }

    /// <summary>The files that name a check, from the repository's root.</summary>
    public IReadOnlyList<string> Of(Check check) =>
        RowOf(check) is { } row && _filesByRow.TryGetValue(row, out SortedSet<string>? files) ? [.. files] : [];

    private string? RowOf(Check check) =>
        _rows.TryGetValue(check, out string? row) ? row : _rows.FirstOrDefault(r => r.Key.Number == check.Number).Value;

    private void AddRows(Type table)
    {
        foreach (PropertyInfo property in table.GetProperties(BindingFlags.Public | BindingFlags.Static))
        {
            if (property.GetValue(null) is Check check)
            {
                _rows.TryAdd(check, property.Name);
            }
        }

        foreach (FieldInfo field in table.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (field.GetValue(null) is Check check)
            {
                _rows.TryAdd(check, field.Name);
            }
        }
    }

    private void AddSites(string path, string source)
    {
        IEnumerable<string> rules = s_rule.Matches(source)
            .Select(r => CheckTable.Find(r.Groups[1].Value))
            .OfType<Check>()
            .Select(RowOf)
            .OfType<string>();
        foreach (string row in s_site.Matches(source).Select(s => s.Groups[1].Value).Concat(rules))
        {
            if (!_filesByRow.TryGetValue(row, out SortedSet<string>? files))
            {
                _filesByRow.Add(row, files = new SortedSet<string>(StringComparer.Ordinal));
            }

            files.Add(path);
        }
    }
}
