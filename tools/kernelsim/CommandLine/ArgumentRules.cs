using System.CommandLine;
using System.CommandLine.Parsing;

namespace KernelSim.Tool.CommandLine;

/// <summary>Rules for arguments of several verbs.</summary>
internal static class ArgumentRules
{
    /// <summary>
    /// Refuses words that look like options: otherwise a mistyped option would be taken for the argument. A file with such a name
    /// can be given as <c>./--name</c>.
    /// </summary>
    /// <param name="argument">The argument to guard.</param>
    /// <param name="allowed">Words with a leading minus that are valid, such as negative numbers.</param>
    public static void RefuseOptions(Argument argument, Func<string, bool> allowed) =>
        argument.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(t => t.Value.StartsWith('-') && !allowed(t.Value)))
            {
                result.AddError(Complaint(token.Value, ((CommandResult)result.Parent!).Command));
            }
        });

    /// <summary>The options of a command that have a word as their name, those of every command included.</summary>
    public static IEnumerable<string> LongOptions(Command command) =>
        OptionsOf(command).SelectMany(o => o.Aliases.Prepend(o.Name)).Where(n => n.StartsWith("--", StringComparison.Ordinal));

    /// <summary>The options that a command takes: its own, and those that commands above it pass on.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(o => o.Recursive)).Where(o => !o.Hidden);

    /// <summary>What is wrong with a word that a command does not take.</summary>
    public static string Complaint(string word, Command command)
    {
        if (!word.StartsWith('-'))
        {
            return $"'{word}' given, expected an option or argument that it takes";
        }

        string name = word.Split('=', 2)[0];
        return $"'{name}' given, expected an option that it takes{NearestWords.Hint(name, LongOptions(command))}";
    }
}
