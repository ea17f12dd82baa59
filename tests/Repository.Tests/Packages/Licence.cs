using System.Reflection;
using System.Xml.Linq;

namespace Sluice.RepositoryTests.Packages;

/// <summary>What a package says of itself.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Name">Its licence by SPDX: https://spdx.org/licenses. Otherwise the file or address that it names instead.</param>
/// <param name="Authors">Who made it.</param>
internal sealed record Licence(string Id, string Name, string Authors)
{
    // These have no SPDX expression. What their texts are was read in the packages of these names.
    private static readonly Dictionary<string, string> _read = new()
    {
        ["Apache.Arrow LICENSE.txt"] = "Apache-2.0",
        ["System.Security.Cryptography.ProtectedData https://github.com/dotnet/corefx/blob/master/LICENSE.TXT"] = "MIT",
    };

    private static readonly string _folder = typeof(Licence).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static data => data.Key == "NuGetPackageRoot").Value!;

    /// <summary>From the package's description, which a restore has put on this machine.</summary>
    public static Licence Of(string id, string version)
    {
        var file = Path.Combine(_folder, id.ToLowerInvariant(), version.ToLowerInvariant(), $"{id.ToLowerInvariant()}.nuspec");
        Assert.True(File.Exists(file), $"{file} is missing: dotnet restore FunctionsApp.sln");
        return Of(id, XDocument.Load(file));
    }

    /// <summary>From a package's description.</summary>
    public static Licence Of(string id, XDocument nuspec)
    {
        var metadata = nuspec.Root!.Elements().Single(static element => element.Name.LocalName == "metadata").Elements()
            .ToLookup(static element => element.Name.LocalName, static element => element.Value.Trim());
        var name = metadata["license"].Concat(metadata["licenseUrl"]).FirstOrDefault() ?? "none";
        return new Licence(id, _read.GetValueOrDefault($"{id} {name}", name), metadata["authors"].Single());
    }
}
