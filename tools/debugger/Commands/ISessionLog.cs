namespace KernelSim.Debugger.Commands;

/// <summary>For commands: the file that commands and results are also written to, if one is open.</summary>
internal interface ISessionLog
{
    /// <summary>The open file; null if there is none.</summary>
    string? Path { get; }

    /// <summary>Opens a file, a new one or one to be overwritten; the previous one is closed.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    void Open(string path);

    /// <summary>Closes the file.</summary>
    void Close();
}
