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
            if (!ClrMdReading.Try(() => HasHeap(data, runtime)))
            {
                throw new TargetReadException(
                    $"{name} given, expected one with the heap, as 'kernelsim dump' and 'dotnet-dump collect' make it: it has no heap");
            }

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
        catch (Exception refused) when (ClrMdReading.IsRefusal(refused))
        {
            data.Dispose();
            throw new TargetReadException($"'{path}' given, expected a whole dump: it is damaged: {FirstLine(refused)}", refused);
        }
        catch (TargetReadException)
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Whether any of the heap's objects is in the dump: a mini dump knows where the heap was, and has nothing of it.</summary>
    private static bool HasHeap(DataTarget data, ClrRuntime runtime)
    {
        Span<byte> some = stackalloc byte[sizeof(ulong)];
        foreach (ClrSegment segment in runtime.Heap.Segments)
        {
            if (segment.ObjectRange.Length > 0 && data.DataReader.Read(segment.ObjectRange.Start, some) == some.Length)
            {
                return true;
            }
        }

        return false;
    }

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].TrimEnd();
}
