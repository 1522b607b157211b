using System.CommandLine;
using System.CommandLine.Completions;
using KernelSim.ObjectFiles;
using KernelSim.Protocol;

namespace KernelSim.Tool.Bpf.Verification;

/// <summary>The option that gives programs a type; without it, a program's section names its type.</summary>
internal sealed class ProgramTypeOption
{
    private readonly Option<string?> _type = new("--type")
    {
        Description = "The program type of all programs; without it, the section names it.",
        HelpName = "T",
        CompletionSources = { _ => ProgramTypeTable.All.ToArray().Select(t => new CompletionItem(t.Name)) },
    };

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command command) => command.Options.Add(_type);

    /// <summary>The type that was given; null if none was.</summary>
    /// <returns>What is wrong with the name; null if a program type has it.</returns>
    public Failure? Read(ParseResult parsed, IReadOnlyList<ProgramTypeFacts> types, out ProgramTypeFacts? type)
    {
        type = null;
        if (parsed.GetValue(_type) is not { } name)
        {
            return null;
        }

        type = types.FirstOrDefault(t => t.Name == name);
        return type is not null ? null
            : Failure.WrongUsage($"--type: '{name}' given, expected a program type: {string.Join(", ", types.Select(t => t.Name))}");
    }

    /// <summary>The type that a program's section names; null if no hook has the name.</summary>
    public static ProgramTypeFacts? OfSection(ObjectProgram program, IReadOnlyList<ProgramTypeFacts> types) =>
        AttachTypeTable.FindBySection(program.Section) is { } row ? types.FirstOrDefault(t => t.Id == row.ProgramType) : null;
}
