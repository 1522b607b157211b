namespace KernelSim.Nt.Ke;

/// <summary>What is to be called when the machine stops: the list behind <c>KeRegisterBugCheckCallback</c>.</summary>
internal sealed class BugcheckCallbacks
{
    private readonly Lock _lock = new();
    private Action<BugcheckRecord>[] _callbacks = [];

    /// <summary>Adds a callback.</summary>
    public void Add(Action<BugcheckRecord> callback)
    {
        lock (_lock)
        {
            _callbacks = [.. _callbacks, callback];
        }
    }

    /// <summary>Calls all of them, in the order in which they were added. One that throws changes nothing: the machine has stopped.</summary>
    public void Call(BugcheckRecord record)
    {
        foreach (Action<BugcheckRecord> callback in _callbacks)
        {
            try
            {
                callback(record);
            }
            catch (Exception)
            {
                // There is no caller to tell: the machine has stopped for another reason, which its record keeps.
            }
        }
    }
}
