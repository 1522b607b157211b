using System.Reflection;

namespace KernelSim.Tool.Lab;

/// <summary>The files of a lab that are the same for everybody: embedded in the tool, from <c>Lab/Content</c>.</summary>
internal static class LabContent
{
    private const string Root = "Lab/";

    /// <summary>Ends the name of a source or project among the content, so that the tool's own build leaves it alone.</summary>
    private const string Disguise = ".txt";

    private static readonly Assembly s_assembly = typeof(LabContent).Assembly;

    /// <summary>The text of one of a lab's files; null if it is none of them.</summary>
    public static string? Read(string lab, string path)
    {
        foreach ((string found, Func<Stream> open) in Of(lab))
        {
            if (found == path)
            {
                using StreamReader reader = new(open());
                return reader.ReadToEnd();
            }
        }

        return null;
    }

    /// <summary>The paths of a lab's files in its folder, with slashes, and how each is read.</summary>
    public static IEnumerable<(string Path, Func<Stream> Open)> Of(string lab)
    {
        string start = $"{Root}{lab}/";
        foreach (string resource in s_assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            string name = resource.Replace('\\', '/');
            if (name.StartsWith(start, StringComparison.Ordinal))
            {
                string path = name[start.Length..];
                yield return (
                    path.EndsWith(Disguise, StringComparison.Ordinal) ? path[..^Disguise.Length] : path,
                    () => s_assembly.GetManifestResourceStream(resource)!);
            }
        }
    }
}
