using System.ComponentModel;
using System.Diagnostics;

namespace KernelSim.Tool.Playground;

/// <summary>The reader's browser.</summary>
internal static class BrowserWindow
{
    /// <summary>Opens an address; null, or why not.</summary>
    public static string? Open(string address)
    {
        try
        {
            using Process? started = OperatingSystem.IsWindows()
                ? Process.Start(new ProcessStartInfo(address) { UseShellExecute = true })
                : Process.Start(new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                });
            return null;
        }
        catch (Exception e) when (e is Win32Exception or IOException or PlatformNotSupportedException)
        {
            return e.Message;
        }
    }
}
