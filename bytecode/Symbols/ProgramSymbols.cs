using System.Collections.Concurrent;

namespace KernelSim.Bytecode;

/// <summary>
/// The source lines of the programs of a machine. Its owner gives the same object to the libraries, which fill it, and to the driver, which asks it.
/// </summary>
public sealed class ProgramSymbols : IProgramSymbols
{
    private readonly ConcurrentDictionary<(string File, string Section, string Program), IReadOnlyList<ProgramSourceLine?>> _lines = new();

    /// <summary>Keeps the lines of a program, in place of those of an earlier one with the same names.</summary>
    /// <param name="file">Name of the object.</param>
    /// <param name="section">Name of the section.</param>
    /// <param name="program">Name of the program.</param>
    /// <param name="lines">The line of each slot of the linked program, null where there is none.</param>
    public void Add(string file, string section, string program, IReadOnlyList<ProgramSourceLine?> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        _lines[(file, section, program)] = lines;
    }

    /// <inheritdoc/>
    public ProgramSourceLine? Find(string file, string section, string program, int instruction) =>
        _lines.TryGetValue((file, section, program), out IReadOnlyList<ProgramSourceLine?>? lines) && (uint)instruction < (uint)lines.Count
            ? lines[instruction]
            : null;
}
