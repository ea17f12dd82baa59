using Microsoft.Extensions.Configuration;
using Sluice.AspNetCore.Hosting;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Hosting;

public sealed class UnknownSettingsTests
{
    [Theory]
    [InlineData("Routes:0:When:Paht", "Sluice:Routes:0:When:Paht is not a setting. Did you mean 'Path'?")]
    [InlineData("Routes:0:Nmae", "Sluice:Routes:0:Nmae is not a setting. Did you mean 'Name'?")]
    [InlineData("Routes:1:Store:Containers", "Sluice:Routes:1:Store:Containers is not a setting. Did you mean 'Container'?")]
    [InlineData("Routes:0:When:Json:0:pointr", "Sluice:Routes:0:When:Json:0:pointr is not a setting. Did you mean 'Pointer'?")]
    [InlineData("Routes:0:When:Magic:3:Bytes", "Sluice:Routes:0:When:Magic:3:Bytes is not a setting. Remove it, or correct its name.")]
    [InlineData("Routes:0:When:Whatever:Deep", "Sluice:Routes:0:When:Whatever is not a setting. Remove it, or correct its name.")]
    [InlineData("Routes:0:x", "Sluice:Routes:0:x is not a setting. Remove it, or correct its name.")]
    [InlineData("Routes:0:Name:First", "Sluice:Routes:0:Name:First is not a setting. Remove it, or correct its name.")]
    [InlineData("Routes:0:When:Methods:0:Verb", "Sluice:Routes:0:When:Methods:0:Verb is not a setting. Remove it, or correct its name.")]
    [InlineData("Routes:0:When:Headers:X:Value", "Sluice:Routes:0:When:Headers:X:Value is not a setting. Remove it, or correct its name.")]
    [InlineData("Routes:0:When:MinLength:Bytes", "Sluice:Routes:0:When:MinLength:Bytes is not a setting. Remove it, or correct its name.")]
    public void A_key_that_no_option_has_is_found(string key, string sentence) =>
        Assert.Equal([sentence], Find<List<RouteOptions>>("Routes", key));

    [Theory]
    [InlineData("Routes:0:Name")]
    [InlineData("Routes:0:name")]
    [InlineData("Routes:0:When")]
    [InlineData("Routes:0:When:Path")]
    [InlineData("Routes:0:When:MinLength")]
    [InlineData("Routes:0:When:Methods:0")]
    [InlineData("Routes:0:When:Headers:Whatever-It-Is")]
    [InlineData("Routes:0:When:Json:12:Values:3")]
    [InlineData("Routes:0:When:Json:12:Seen")]
    [InlineData("Routes:0:Store:Container")]
    [InlineData("Routes:0:Commit")]
    [InlineData("Routes:0:Refuse:Status")]
    [InlineData("Routes:0:MediaTypes:Allow:0")]
    public void A_key_that_an_option_has_is_none(string key) => Assert.Empty(Find<List<RouteOptions>>("Routes", key));

    [Theory]
    [InlineData("Blob:Endpoint")]
    [InlineData("Blob:Containers:0")]
    [InlineData("Blob:StallTimeout")]
    public void Values_of_any_kind_are_settings(string key) => Assert.Empty(Find<BlobOptions>("Blob", key));

    [Theory]
    [InlineData("Some:Plain")]
    [InlineData("Some:Items:one:Known")]
    [InlineData("Some:Array:0:Known")]
    [InlineData("Some:renamed")]
    [InlineData("Some:Maybe")]
    public void Whatever_the_binder_binds_is_a_setting(string key) => Assert.Empty(Find<Some>("Some", key));

    [Theory]
    [InlineData("Some:ReadOnly")]
    [InlineData("Some:Property")]
    [InlineData("Some:Hidden")]
    [InlineData("Some:Items:one:Unknown")]
    [InlineData("Some:Array:0:Unknown")]
    public void Whatever_the_binder_passes_over_is_none(string key) =>
        Assert.StartsWith($"Sluice:{key} is not a setting.", Assert.Single(Find<Some>("Some", key)));

    [Fact]
    public void Each_of_several_is_found() => Assert.Equal(
        ["Sluice:Routes:0:Nam is not a setting. Did you mean 'Name'?", "Sluice:Routes:2:Stor is not a setting. Did you mean 'Store'?"],
        Find<List<RouteOptions>>("Routes", "Routes:2:Stor", "Routes:0:Nam", "Routes:1:Name", "Blob:Nonsense"));

    [Fact]
    public void A_section_that_is_not_there_has_none() => Assert.Empty(Find<BlobOptions>("Blob"));

    private static IEnumerable<string> Find<T>(string section, params string[] keys) => UnknownSettings.Find(
        new ConfigurationBuilder()
            .AddInMemoryCollection(keys.Select(static key => KeyValuePair.Create<string, string?>($"Sluice:{key}", "1")))
            .Build()
            .GetSection($"Sluice:{section}"),
        typeof(T));

    public sealed class Some
    {
        public string? Plain { get; set; }

        public int? Maybe { get; set; }

        public string ReadOnly { get; } = "";

        public Dictionary<string, Item> Items { get; } = [];

        public Item[] Array { get; set; } = [];

        [ConfigurationKeyName("renamed")]
        public string? Property { get; set; }

        internal string? Hidden { get; set; }
    }

    public sealed class Item
    {
        public string? Known { get; set; }
    }
}
