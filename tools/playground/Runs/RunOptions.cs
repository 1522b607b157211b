using System.Text.Json;
using KernelSim.LabScripts.Machines;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.Playground.Runs;

/// <summary>What the page asks for: a script and the machine that it runs on.</summary>
/// <param name="Script">The lines, with line feeds between them.</param>
/// <param name="Machine">What the machine that runs them is made of.</param>
internal sealed record RunOptions(string Script, MachineSettings Machine)
{
    /// <summary>Most bytes of pool: a page has less memory than a machine.</summary>
    public const long MostPool = 256 << 20;

    /// <summary>Reads the options, an object of the page's own making or of another page's that calls it.</summary>
    /// <param name="text">An object with <c>script</c>, and any of <c>cpus</c>, <c>heap</c>, <c>library</c>, <c>seed</c>, <c>memory</c>, which
    /// is in bytes of pool, and <c>defects</c>, a list of ids.</param>
    /// <param name="options">The options.</param>
    /// <returns>What is wrong with them; null if nothing is.</returns>
    public static string? TryRead(string text, out RunOptions? options)
    {
        options = null;
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return "the options of a run are no JSON, expected an object";
        }

        using (document)
        {
            JsonElement all = document.RootElement;
            bool hasScript = all.ValueKind == JsonValueKind.Object && all.TryGetProperty("script", out _);
            if (!hasScript || all.GetProperty("script") is not { ValueKind: JsonValueKind.String } script)
            {
                return "options without a script given, expected an object with the text \"script\"";
            }

            MachineSettings defaults = new();
            (ulong cpus, ulong seed, ulong memory) = ((ulong)defaults.Cpus, defaults.Seed, MostPool);
            (HeapMode heap, LibraryVersion library) = (defaults.Heap, defaults.Library);
            IReadOnlyList<Defect> defects = [];
            string? problem = ReadNumber(all, "cpus", 1, MachineSettings.MaximumCpus, ref cpus)
                ?? ReadNumber(all, "seed", 0, ulong.MaxValue, ref seed)
                ?? ReadNumber(all, "memory", 0, MostPool, ref memory)
                ?? ReadWord(all, "heap", MachineSettings.Heaps, ref heap)
                ?? ReadWord(all, "library", MachineSettings.Libraries, ref library)
                ?? ReadDefects(all, ref defects);
            if (problem is null)
            {
                options = new RunOptions(
                    script.GetString()!,
                    defaults with { Cpus = (int)cpus, Seed = seed, Heap = heap, Library = library, PoolLimit = (long)memory, Defects = defects });
            }

            return problem;
        }
    }

    private static string? ReadNumber(JsonElement all, string name, ulong least, ulong most, ref ulong number)
    {
        if (!all.TryGetProperty(name, out JsonElement given))
        {
            return null;
        }

        return given.ValueKind == JsonValueKind.Number && given.TryGetUInt64(out number) && number >= least && number <= most
            ? null
            : $"{name} {given.GetRawText()} given, expected {least} to {most}";
    }

    private static string? ReadWord<T>(JsonElement all, string name, IReadOnlyDictionary<string, T> words, ref T value)
    {
        if (!all.TryGetProperty(name, out JsonElement given))
        {
            return null;
        }

        if (given.ValueKind == JsonValueKind.String && words.TryGetValue(given.GetString()!, out T? found))
        {
            value = found;
            return null;
        }

        return $"{name} {given.GetRawText()} given, expected {string.Join(" or ", words.Keys)}";
    }

    private static string? ReadDefects(JsonElement all, ref IReadOnlyList<Defect> defects)
    {
        if (!all.TryGetProperty("defects", out JsonElement given))
        {
            return null;
        }

        // A list of ids, or one text with commas between them, as an address has them.
        string ids = given.ValueKind switch
        {
            JsonValueKind.Array => string.Join(',', given.EnumerateArray().Select(id => id.ToString())),
            JsonValueKind.String => given.GetString()!,
            _ => given.GetRawText(),
        };
        if (ids.Length == 0)
        {
            return null;
        }

        bool good = DefectTable.TryParse(ids, out defects, out string problem);
        return good ? null : $"defects: {problem}";
    }
}
