namespace KernelSim.Tool.CommandLine;

/// <summary>What the host's settings say of the characters that a terminal shows.</summary>
internal static class Locale
{
    private static readonly string[] s_variables = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>
    /// Whether UTF-8 arrives. On Windows the console's code page decides. Elsewhere the first of LC_ALL, LC_CTYPE and LANG that is set
    /// does: a locale that names another character set, or is C or POSIX, has no more than ASCII. Where none is set, UTF-8 is what
    /// terminals use.
    /// </summary>
    public static bool TakesUnicode() => OperatingSystem.IsWindows()
        ? Console.OutputEncoding.CodePage == System.Text.Encoding.UTF8.CodePage
        : TakesUnicode(s_variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v)));

    /// <summary>Whether a locale of POSIX, such as <c>de_DE.UTF-8</c>, has all of Unicode.</summary>
    public static bool TakesUnicode(string? locale)
    {
        if (locale is null)
        {
            return true;
        }

        string set = locale.Split('@', 2)[0].Split('.', 2) is [_, string named] ? named : "";
        return set.Length > 0
            ? set.Replace("-", "", StringComparison.Ordinal).Equals("utf8", StringComparison.OrdinalIgnoreCase)
            : locale is not ("C" or "POSIX");
    }
}
