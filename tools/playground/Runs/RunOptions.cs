using System.Text.Json;
using KernelSim.LabScripts.Machines;
using KernelSim.Nt;
using KernelSim.UserMode;

namespace KernelSim.Playground.Runs;

/// <summary>What the page asks for: a script and the machine that it runs on.</summary>
/// <param name="Script">The lines, with line feeds between them.</param>
/// <param name="Machine">The machine.</param>
internal sealed record RunOptions(string Script, MachineSettings Machine)
{
    /// <summary>Most bytes of pool: a page has less memory than a machine.</summary>
    public const long MostPool = 256 << 20;

    /// <summary>Reads the options, an object of the page's own making or of another page's that calls it.</summary>
    /// <param name="text">An object with <c>script</c>, and any of <c>cpus</c>, <c>heap</c>, <c>library</c>, <c>seed</c> and <c>memory</c>, which is
    /// in bytes of pool.</param>
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
            string? problem = Number(all, "cpus", 1, MachineSettings.MaximumCpus, (ulong)defaults.Cpus, out ulong cpus)
                ?? Number(all, "seed", 0, ulong.MaxValue, defaults.Seed, out ulong seed)
                ?? Number(all, "memory", 0, MostPool, MostPool, out ulong memory)
                ?? Word(all, "heap", MachineSettings.Heaps, defaults.Heap, out HeapMode heap)
                ?? Word(all, "library", MachineSettings.Libraries, defaults.Library, out LibraryVersion library);
            if (problem is null)
            {
                options = new RunOptions(
                    script.GetString()!,
                    defaults with { Cpus = (int)cpus, Seed = seed, Heap = heap, Library = library, PoolLimit = (long)memory });
            }

            return problem;
        }
    }

    private static string? Number(JsonElement all, string name, ulong least, ulong most, ulong usual, out ulong number)
    {
        number = usual;
        return !all.TryGetProperty(name, out JsonElement given) || (given.ValueKind == JsonValueKind.Number
            && given.TryGetUInt64(out number) && number >= least && number <= most)
            ? null
            : $"{name} {given.GetRawText()} given, expected {least} to {most}";
    }

    private static string? Word<T>(JsonElement all, string name, IReadOnlyDictionary<string, T> words, T usual, out T value)
    {
        value = usual;
        if (!all.TryGetProperty(name, out JsonElement given))
        {
            return null;
        }

        return given.ValueKind == JsonValueKind.String && words.TryGetValue(given.GetString()!, out value!)
            ? null
            : $"{name} {given.GetRawText()} given, expected {string.Join(" or ", words.Keys)}";
    }
}
