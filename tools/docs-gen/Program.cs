namespace KernelSim.DocsGen;

/// <summary>Writes the generated files of the repository that the current folder is in, and prints the path of each file that changed.</summary>
internal static class Program
{
    private static int Main()
    {
        DirectoryInfo? root = new(Environment.CurrentDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "KernelSim.sln")))
        {
            root = root.Parent;
        }

        if (root is null)
        {
            Console.Error.WriteLine($"docs-gen: '{Environment.CurrentDirectory}' is in no folder with a KernelSim.sln; run it in the repository.");
            return 1;
        }

        foreach (GeneratedFile file in DocsGenerator.All)
        {
            string path = Path.Combine(root.FullName, file.Path);
            string text = file.Generate();
            if (!File.Exists(path) || File.ReadAllText(path).ReplaceLineEndings("\n") != text)
            {
                File.WriteAllText(path, text);
                Console.WriteLine(file.Path);
            }
        }

        return 0;
    }
}
