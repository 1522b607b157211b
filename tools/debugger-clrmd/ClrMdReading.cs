using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.ClrMd;

/// <summary>What the library throws when the target's memory is not as it expects, as <see cref="TargetReadException"/>.</summary>
internal static class ClrMdReading
{
    /// <summary>
    /// Whether an exception says that the target cannot be read. On damaged memory the library throws almost anything, a plain
    /// <see cref="Exception"/> among it.
    /// </summary>
    public static bool IsRefusal(Exception exception) => exception is not TargetReadException;

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
            throw new TargetReadException($"the target is damaged there: {DamageText.FirstLine(refused)}", refused);
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
