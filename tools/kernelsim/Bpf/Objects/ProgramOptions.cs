using System.CommandLine;
using KernelSim.ObjectFiles;

namespace KernelSim.Tool.Bpf.Objects;

/// <summary>The options that choose programs of an object file; all of them without one.</summary>
internal sealed class ProgramOptions
{
    private readonly Option<string?> _section = new("--section") { Description = "Only the programs of a section.", HelpName = "S" };
    private readonly Option<string?> _program = new("--program") { Description = "Only the programs of a name.", HelpName = "P" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_section);
        command.Options.Add(_program);
    }

    /// <summary>The programs that were asked for.</summary>
    /// <returns>Why there are none; null if there are.</returns>
    public Failure? Choose(ParseResult parsed, BpfObjectFile file, out IReadOnlyList<ObjectProgram> programs)
    {
        programs = file.Programs;
        return Narrow(parsed.GetValue(_section), "--section", "a section with programs", p => p.Section, ref programs)
            ?? Narrow(parsed.GetValue(_program), "--program", "a program", p => p.Name, ref programs);
    }

    private static Failure? Narrow(
        string? wanted, string option, string expected, Func<ObjectProgram, string> nameOf, ref IReadOnlyList<ObjectProgram> programs)
    {
        if (wanted is null)
        {
            return null;
        }

        IReadOnlyList<ObjectProgram> all = programs;
        programs = [.. all.Where(p => nameOf(p) == wanted)];
        string known = string.Join(", ", all.Select(nameOf).Distinct().DefaultIfEmpty("there is none"));
        return programs.Count > 0 ? null : new Failure($"{option}: '{wanted}' given, expected {expected}: {known}");
    }
}
