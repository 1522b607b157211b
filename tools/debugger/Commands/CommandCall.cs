using KernelSim.Debugger.Output;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Commands;

/// <summary>One call of a command: its arguments, and the result that it fills.</summary>
/// <param name="Arguments">The words after the command's name.</param>
/// <param name="Result">The result.</param>
internal sealed record CommandCall(ArgumentList Arguments, CommandResult Result)
{
    /// <summary>Goes through parts of the target. One that cannot be read becomes a note, and the rest goes on.</summary>
    public void Each<T>(IEnumerable<T> parts, Action<T> action)
    {
        using IEnumerator<T> part = parts.GetEnumerator();
        while (Attempt(part.MoveNext))
        {
            Attempt(() =>
            {
                action(part.Current);
                return true;
            });
        }
    }

    /// <summary>What a read returns; nothing, with a note, if it fails at once.</summary>
    public IEnumerable<T> Attempted<T>(Func<IEnumerable<T>> read)
    {
        IEnumerable<T> parts = [];
        Attempt(() =>
        {
            parts = read();
            return true;
        });
        return parts;
    }

    private bool Attempt(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (TargetReadException unreadable)
        {
            Result.Note(unreadable.Message);
            return false;
        }
    }
}
