using System.CommandLine;
using KernelSim.Tool.Tour.Facts;

namespace KernelSim.Tool.Tour;

/// <summary>The option that chooses the program of the tour.</summary>
internal sealed class TourProgramOption
{
    private static readonly Dictionary<string, TourProgram> s_programs = new() { ["csharp"] = TourProgram.CSharp, ["c"] = TourProgram.C };

    private readonly Option<string> _program = new("--program")
    {
        Description = "The program that counts: a C# method (csharp), or an object file made of samples/c/counter.c (c).",
        HelpName = string.Join('|', s_programs.Keys),
        CompletionSources = { _ => s_programs.Keys },
        DefaultValueFactory = _ => "csharp",
        CustomParser = result =>
        {
            string given = result.Tokens[^1].Value;
            if (!s_programs.ContainsKey(given))
            {
                result.AddError($"--program: '{given}' given, expected {string.Join(" or ", s_programs.Keys)}");
            }

            return given;
        },
    };

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command command) => command.Options.Add(_program);

    /// <summary>The program that was chosen.</summary>
    public TourProgram Read(ParseResult parsed) => s_programs[parsed.GetRequiredValue(_program)];
}
