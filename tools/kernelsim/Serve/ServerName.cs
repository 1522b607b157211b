using System.CommandLine.Parsing;

namespace KernelSim.Tool.Serve;

/// <summary>What servers are called. A name is part of a file's name, on hosts that tell capital letters apart and on those that do not.</summary>
internal static class ServerName
{
    /// <summary>The name of a server that was given none.</summary>
    public const string Default = "default";

    private const int MaximumLength = 32;

    /// <summary>Whether a server can be called so.</summary>
    public static bool IsValid(string text) =>
        text.Length is > 0 and <= MaximumLength
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    /// <summary>Refuses any other name on the command line.</summary>
    public static void Validate(OptionResult option)
    {
        foreach (Token token in option.Tokens.Where(t => !IsValid(t.Value)))
        {
            option.AddError(Complaint(option.Option.Name, token.Value));
        }
    }

    /// <summary>What is wrong with a name.</summary>
    public static string Complaint(string option, string given) =>
        $"{option}: '{given}' given, expected a server's name: 1 to {MaximumLength} lower-case letters, digits, - and _";
}
