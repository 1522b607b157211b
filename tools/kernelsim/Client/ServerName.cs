using System.CommandLine.Parsing;

namespace KernelSim.Tool.Client;

/// <summary>Names of servers. A name is part of a file's name, on case-sensitive and case-insensitive file systems.</summary>
internal static class ServerName
{
    /// <summary>The default name of a server.</summary>
    public const string Default = "default";

    private const int MaximumLength = 32;

    /// <summary>Whether a name is valid.</summary>
    public static bool IsValid(string text) =>
        text.Length is > 0 and <= MaximumLength
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    /// <summary>Refuses an invalid name on the command line.</summary>
    public static void Validate(OptionResult option)
    {
        foreach (Token token in option.Tokens.Where(t => !IsValid(t.Value)))
        {
            option.AddError(Complaint(option.Option.Name, token.Value));
        }
    }

    /// <summary>The error message for an invalid name.</summary>
    public static string Complaint(string option, string given) =>
        $"{option}: '{given}' given, expected a server's name: 1 to {MaximumLength} lower-case letters, digits, - and _";
}
