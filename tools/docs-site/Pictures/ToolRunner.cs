using KernelSim.DocsSite.Processes;

namespace KernelSim.DocsSite.Pictures;

/// <summary>The command line as a process of its own: a recording sees a whole process.</summary>
internal static class ToolRunner
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>Runs it in a folder and returns what it printed.</summary>
    /// <exception cref="SiteException">It fails, or does not end.</exception>
    public static string Run(string folder, params string[] args)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "kernelsim.dll");
        return HostProcess.Run(HostProcess.Dotnet, ["exec", tool, .. args], folder, s_limit).Output;
    }
}
