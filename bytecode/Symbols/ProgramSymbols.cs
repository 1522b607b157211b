using System.Collections.Concurrent;

namespace KernelSim.Bytecode;

/// <summary>
/// The source of the programs of a machine. Its owner gives the same object to the libraries, which fill it, and to the driver, which asks it.
/// </summary>
public sealed class ProgramSymbols : IProgramSymbols
{
    private readonly ConcurrentDictionary<(string File, string Section, string Program), ProgramSource> _sources = new();

    /// <summary>Keeps what is known of a program, in place of what was known of an earlier one with the same names.</summary>
    /// <param name="file">Name of the object.</param>
    /// <param name="section">Name of the section.</param>
    /// <param name="program">Name of the program.</param>
    /// <param name="source">The lines and functions of the linked program.</param>
    public void Add(string file, string section, string program, ProgramSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _sources[(file, section, program)] = source;
    }

    /// <summary>What is known of the program that was created with these names.</summary>
    /// <param name="file">Name of the object.</param>
    /// <param name="section">Name of the section.</param>
    /// <param name="program">Name of the program.</param>
    public ProgramSource SourceOf(string file, string section, string program) =>
        _sources.GetValueOrDefault((file, section, program), ProgramSource.None);

    /// <inheritdoc/>
    public ProgramSourceLine? Find(string file, string section, string program, int instruction)
    {
        IReadOnlyList<ProgramSourceLine?> lines = SourceOf(file, section, program).Lines;
        return (uint)instruction < (uint)lines.Count ? lines[instruction] : null;
    }
}
