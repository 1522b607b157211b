using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool.Output;

/// <summary>The paths where an object is pinned, as <c>-f</c> shows them.</summary>
internal static class PinText
{
    /// <summary>Writes a line before the end of the object for each.</summary>
    public static void Write(TextWriter output, PinnedPaths pins, uint id)
    {
        foreach (string path in pins.Of(id))
        {
            output.Write($"\n\tpinned {path}");
        }
    }

    /// <summary>Writes a member, if any object of the kind is pinned.</summary>
    public static void Write(BpftoolJson json, PinnedPaths pins, uint id)
    {
        if (pins.IsEmpty)
        {
            return;
        }

        json.Name("pinned");
        json.BeginArray();
        foreach (string path in pins.Of(id))
        {
            json.Text(path);
        }

        json.EndArray();
    }
}
