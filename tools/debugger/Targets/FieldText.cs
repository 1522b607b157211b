namespace KernelSim.Debugger.Targets;

/// <summary>Names and values of the compiler's making, as their author wrote them.</summary>
internal static class FieldText
{
    private const int LongestText = 200;

    /// <summary>The name of a field or method: that of the property, parameter or method that it was compiled from.</summary>
    public static string NameOf(string compiled) =>
        compiled.StartsWith('<') && compiled.IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? compiled[1..end] : compiled;

    /// <summary>A method as <c>Type.Method</c>, a lambda as <c>Type.Method (lambda)</c>; without type arguments.</summary>
    public static string MethodName(string type, string method)
    {
        string outer = type.Split(["+<>c", "+<"], StringSplitOptions.None)[0].Split('<', 2)[0].Split('[', 2)[0];
        string name = string.Join('.', outer[(outer.LastIndexOf('.') + 1)..].Split('+').Select(n => n.Split('`', 2)[0]));
        string called = NameOf(method).Split('[', 2)[0];
        return method.Contains(">b__", StringComparison.Ordinal) ? $"{name}.{called} (lambda)" : $"{name}.{called}";
    }

    /// <summary>A text in quotes, cut off where it is long.</summary>
    public static string Quote(string text) => text.Length <= LongestText ? $"\"{text}\"" : $"\"{text[..LongestText]}\"...";
}
