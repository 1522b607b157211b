using System.Text.RegularExpressions;

namespace KernelSim.Debugger.Targets;

/// <summary>Names and values of the compiler's making, as their author wrote them.</summary>
internal static partial class FieldText
{
    private const int LongestText = 200;

    /// <summary>The name of a field: that of the property or parameter that it was compiled from.</summary>
    public static string NameOf(string field) => Made().Match(field) is { Success: true } made ? made.Groups[1].Value : field;

    /// <summary>A method as <c>Type.Method</c>, a lambda as <c>Type.Method (lambda)</c>.</summary>
    public static string MethodName(string type, string method)
    {
        string outer = type.Split(["+<>c", "+<"], StringSplitOptions.None)[0];
        string name = outer[(outer.LastIndexOf('.') + 1)..].Replace('+', '.');
        return Made().Match(method) is { Success: true } made ? $"{name}.{made.Groups[1].Value} (lambda)" : $"{name}.{method}";
    }

    /// <summary>A text in quotes, cut off where it is long.</summary>
    public static string Quote(string text) => text.Length <= LongestText ? $"\"{text}\"" : $"\"{text[..LongestText]}\"...";

    [GeneratedRegex(@"^<(\w+(?:\.\w+)*)>")]
    private static partial Regex Made();
}
