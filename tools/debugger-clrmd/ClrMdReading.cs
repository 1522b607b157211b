using KernelSim.Debugger.Targets;
using Microsoft.Diagnostics.Runtime;

namespace KernelSim.Debugger.ClrMd;

/// <summary>What the library throws when the target's memory is not as it expects, as <see cref="TargetReadException"/>.</summary>
internal static class ClrMdReading
{
    /// <summary>Whether an exception of the library says that the target cannot be read, and not that we have used the library wrongly.</summary>
    public static bool IsRefusal(Exception exception) => exception
        is ClrDiagnosticsException or IOException or InvalidOperationException or ArgumentException or UnauthorizedAccessException
        or NullReferenceException or IndexOutOfRangeException or OverflowException or NotSupportedException or FormatException
        or BadImageFormatException or InvalidCastException or KeyNotFoundException or System.Runtime.InteropServices.COMException;

    /// <summary>Reads.</summary>
    /// <exception cref="TargetReadException">What is there cannot be read.</exception>
    public static T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception refused) when (IsRefusal(refused))
        {
            throw new TargetReadException($"the target cannot be read: {refused.Message.Split('\n')[0].TrimEnd()}", refused);
        }
    }

    /// <summary>The elements of a walk, up to the first that cannot be read.</summary>
    public static IEnumerable<T> While<T>(IEnumerable<T> walk)
    {
        using IEnumerator<T> at = walk.GetEnumerator();
        while (MoveNext(at))
        {
            yield return at.Current;
        }
    }

    private static bool MoveNext<T>(IEnumerator<T> at)
    {
        try
        {
            return at.MoveNext();
        }
        catch (Exception refused) when (IsRefusal(refused))
        {
            return false;
        }
    }
}
