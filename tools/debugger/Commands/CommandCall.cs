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
        for (int number = 1; Attempt(part.MoveNext, $"what follows entry {number - 1} is missing: "); number++)
        {
            Attempt(
                () =>
                {
                    action(part.Current);
                    return true;
                },
                $"entry {number} is missing: ");
        }
    }

    /// <summary>What a read returns; nothing, with a note, if it fails at once.</summary>
    public IEnumerable<T> Attempted<T>(Func<IEnumerable<T>> read)
    {
        IEnumerable<T> parts = [];
        Attempt(
            () =>
            {
                parts = read();
                return true;
            },
            "");
        return parts;
    }

    /// <summary>Reads; what is thrown is a note.</summary>
    /// <param name="read">Reads, and says whether there was something to read.</param>
    /// <param name="missing">The start of the note, before what was thrown.</param>
    private bool Attempt(Func<bool> read, string missing)
    {
        try
        {
            return read();
        }
        catch (TargetReadException unreadable)
        {
            Result.Note(missing + unreadable.Message);
        }
        catch (Exception unforeseen) when (unforeseen is not (CommandException or OutOfMemoryException))
        {
            Result.Note($"{missing}the target is damaged there: {DamageText.FirstLine(unforeseen)}");
        }

        return false;
    }
}
