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

    /// <summary>What is wrong with a word that a command does not take.</summary>
    public static string Complaint(string word, Command command)
    {
        IReadOnlyList<string> near = word.StartsWith('-')
            ? NearestWords.To(
                word,
                command.Options.SelectMany(o => o.Aliases.Prepend(o.Name)).Where(n => n.StartsWith("--", StringComparison.Ordinal)))
            : [];
        return $"'{word}' given, expected " + (near.Count > 0 ? string.Join(" or ", near) : "an option or argument that it takes");
    }
}
