namespace KernelSim.EndToEnd.Tests.Drivers;

/// <summary>The samples' assemblies, in the folders that they were built to.</summary>
internal static class SampleFile
{
    public static string Echo => Of("samples/echo/bin/Release/net10.0/KernelSim.Samples.Echo.dll");

    public static string Mailbox => Of("samples/mailbox/driver/bin/Release/net10.0/KernelSim.Samples.Mailbox.Driver.dll");

    public static string SampleExt => Of("samples/sampleext/bin/Release/net10.0/KernelSim.Samples.SampleExt.dll");

    public static string SampleMap => Of("samples/samplemap/bin/Release/net10.0/KernelSim.Samples.SampleMap.dll");

    public static string Programs => Of("samples/programs/bin/Release/net10.0/KernelSim.Samples.Programs.dll");

    /// <summary>The path of a file as the pages name it, in the configuration that the tests were built in.</summary>
    public static string Of(string path)
    {
        string[] output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory).Split(Path.DirectorySeparatorChar)[^2..];
        return Repository.PathOf(path.Replace("/Release/net10.0/", $"/{output[0]}/{output[1]}/", StringComparison.Ordinal).Split('/'));
    }
}
