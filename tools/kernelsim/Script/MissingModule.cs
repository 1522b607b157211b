namespace KernelSim.Tool.Script;

/// <summary>What is told of a path that object_load was given, and that may have been meant as that of an assembly with a module.</summary>
internal static class MissingModule
{
    /// <summary>The note in a session that reads the files of this host; null for a path that is no assembly's.</summary>
    public static string? OnHost(string file) => IsAssembly(file)
        ? $"'{file}' given, expected the assembly of a module on this host, or a module of the machine"
        : null;

    /// <summary>The note in a session of a server's client, whose files the server does not read; null for a path that is no assembly's.</summary>
    public static string? OnServer(string file) => IsAssembly(file)
        ? $"'{file}' given, expected a module of the server's machine: start the server with --driver to have the assembly's module there"
        : null;

    private static bool IsAssembly(string file) => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
}
