using System.Text;

namespace KernelSim.Protocol;

/// <summary>
/// The canonical form of a pin path, <c>ebpf_canonicalize_path</c>: <c>BPF:</c>, then steps from the root, each preceded by a
/// backslash. Library and driver share it.
/// </summary>
public static class CanonicalPinPath
{
    private const string Prefix = "BPF:";
    private const string GlobalRoot = @"\ebpf\global\";

    /// <summary>Brings a path into canonical form.</summary>
    /// <param name="input">The path as the caller wrote it.</param>
    /// <param name="maxBytes">Maximum length in bytes of UTF-8, including the terminator.</param>
    /// <param name="path">The canonical path, on success.</param>
    /// <returns>False for a colon after the prefix, a step above the root, or a path that is too long.</returns>
    public static bool TryCreate(string input, int maxBytes, out string path)
    {
        ArgumentNullException.ThrowIfNull(input);
        path = "";
        bool isRelative = !(input.StartsWith('/') || input.StartsWith('\\'));
        string rest = input.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? input[Prefix.Length..] : input;
        string whole = Prefix + (isRelative ? "\\" : "") + rest;
        if (Encoding.UTF8.GetByteCount(whole) >= maxBytes)
        {
            return false;
        }

        string text = whole[Prefix.Length..].Replace('/', '\\');
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return false;
        }

        if (text.StartsWith(GlobalRoot, StringComparison.OrdinalIgnoreCase))
        {
            text = text[(GlobalRoot.Length - 1)..];
        }

        var steps = new List<string>();
        string[] parts = text.Split('\\');
        for (int i = 1; i < parts.Length; i++)
        {
            bool isLast = i == parts.Length - 1;
            switch (parts[i])
            {
                // An empty step or "." in the middle is dropped; at the end it stays, as upstream leaves it.
                case "" or "." when !isLast:
                    break;
                case ".." when steps.Count == 0:
                    return false;
                case "..":
                    steps.RemoveAt(steps.Count - 1);
                    if (!isLast)
                    {
                        break;
                    }

                    path = Prefix + string.Concat(steps.Select(s => "\\" + s));
                    return true;
                default:
                    steps.Add(parts[i]);
                    break;
            }
        }

        path = Prefix + string.Concat(steps.Select(s => "\\" + s));
        return true;
    }
}
