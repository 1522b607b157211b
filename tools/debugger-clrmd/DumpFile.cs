using KernelSim.Debugger.Targets;
using Microsoft.Diagnostics.Runtime;

namespace KernelSim.Debugger.ClrMd;

/// <summary>Opens a dump.</summary>
internal static class DumpFile
{
    /// <summary>Opens a dump.</summary>
    /// <exception cref="TargetReadException">The file is no dump of a .NET process, or cannot be read.</exception>
    public static ClrMdTarget Open(string path)
    {
        string name = $"dump '{path}'";
        List<string> notes = [];
        if (DumpFormat.Look(path) is { } missing)
        {
            notes.Add(missing);
        }

        DataTarget data;
        try
        {
            data = DataTarget.LoadDump(path, RuntimeFinder.Options());
        }
        catch (Exception refused) when (ClrMdReading.IsRefusal(refused))
        {
            throw new TargetReadException(notes.Count > 0 ? notes[0] : $"'{path}' given, expected a dump: {FirstLine(refused)}", refused);
        }

        try
        {
            ClrRuntime runtime = RuntimeFinder.Find(data, name);
            if (!ClrMdReading.Try(() => runtime.Heap.CanWalkHeap))
            {
                notes.Add("the dump was made during a garbage collection: what was being moved cannot be read");
            }

            return new ClrMdTarget(name, data, runtime, hold: null, notes);
        }
        catch (TargetReadException) when (notes.Count > 0)
        {
            data.Dispose();
            throw new TargetReadException(notes[0]);
        }
        catch (TargetReadException)
        {
            data.Dispose();
            throw;
        }
    }

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].TrimEnd();
}
